import { table as names } from '#names/table.ts';

/** Something that a function may do with the table, or a variable that it is given. */
export type StoreGrant =
  | { readonly actions: readonly Action[]; readonly partitions?: readonly string[] }
  | { readonly queriedIndex: string }
  | { readonly setting: Retention };

type Action =
  | 'GetItem'
  | 'Query'
  | 'BatchGetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchWriteItem'
  | 'PartiQLInsert'
  | 'ConditionCheckItem';

/** For how long what the function writes is kept. */
type Retention = 'importRetentionDays' | 'messageRetentionDays' | 'eventRetentionDays';

/** May act on items of these partitions, with `*` for any end; of all if none are named. */
const items = (actions: readonly Action[], partitions?: readonly string[]): StoreGrant => ({
  actions,
  ...(partitions && { partitions }),
});

/** May query an index. */
const query = ({ indexName }: { readonly indexName: string }): StoreGrant => ({ queriedIndex: indexName });

/** Knows a setting of the stage. */
const told = (setting: Retention): StoreGrant => ({ setting });

const ofImports = [`${names.importPrefix}*`];
const ofUnfinished = [`${names.unfinishedPrefix}*`];
const followFile = items(['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'], ofImports);
const readImport = [items(['GetItem', 'Query']), told('importRetentionDays')];
const endImports = [items(['GetItem', 'Query', 'UpdateItem', 'DeleteItem']), told('importRetentionDays')];
const changeMemberships = [items(['BatchGetItem', 'BatchWriteItem'])];
const writeContacts = [
  items(['BatchGetItem', 'PartiQLInsert', 'PutItem', 'DeleteItem', 'BatchWriteItem', 'UpdateItem', 'Query']),
];
const suppress = [items(['BatchGetItem', 'PartiQLInsert', 'PutItem'])];
const sendMessages = [...suppress, items(['GetItem', 'UpdateItem']), told('messageRetentionDays')];
const listWorkflows = [items(['Query'])];
const readWorkflows = [items(['GetItem', 'BatchGetItem', 'PutItem'])];

/** What functions may do with the table, by what they do it for. */
export const storeRights = {
  /** Look API keys up, note and count their use, and nothing else of the table. */
  authenticate: [items(['GetItem', 'UpdateItem'], [names.apiKeyPartition, `${names.keyUsePrefix}*`])],
  /** List API keys. */
  listKeys: [items(['Query'], [names.apiKeyPartition])],
  /** Make API keys. */
  createKeys: [items(['Query', 'PutItem'], [names.apiKeyPartition])],
  /** Revoke API keys. */
  revokeKeys: [items(['Query', 'DeleteItem'], [names.apiKeyPartition])],
  /** See whom it may ask to confirm an address, sign a link and note what was sent. */
  askForConfirmation: [items(['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'])],
  /** See what a confirmation link would do, without any right to do it. */
  showConfirmation: [items(['GetItem', 'BatchGetItem'])],
  /** Confirm the address of a contact with all that follows from it. */
  confirm: [
    items([
      'GetItem',
      'Query',
      'BatchGetItem',
      'BatchWriteItem',
      'PartiQLInsert',
      'PutItem',
      'UpdateItem',
      'DeleteItem',
    ]),
  ],
  /** Read one contact with its segments. */
  readContact: [items(['Query', 'BatchGetItem'])],
  /** Find contacts by the directory, a segment or an identity, and read those of a page with how they stand. */
  findContacts: [items(['BatchGetItem']), query(names.directory), query(names.byGroup)],
  /** Take the deletion of contacts back. */
  restoreContacts: [items(['Query', 'BatchGetItem', 'BatchWriteItem', 'PutItem'])],
  /** Search contacts and note how far a listing has come. */
  searchContacts: [items(['BatchGetItem', 'GetItem', 'PutItem']), query(names.directory)],
  /** Read contacts and who owns an identity. */
  readContacts: [items(['BatchGetItem'])],
  /** Delete and erase contacts with their claims and memberships. */
  deleteContacts: [items(['Query', 'BatchGetItem', 'BatchWriteItem', 'PutItem', 'DeleteItem'])],
  /** Suppress addresses. */
  suppress,
  /** See whether the address of a link is unsubscribed, without any right to unsubscribe it. */
  showUnsubscription: [
    items(['GetItem'], [names.signingKeyPartition]),
    items(['BatchGetItem'], [`${names.suppressionPrefix}*`]),
  ],
  /** Unsubscribe the address of a link. */
  unsubscribeByLink: [
    items(['GetItem'], [names.signingKeyPartition]),
    items(['BatchGetItem', 'PartiQLInsert'], [`${names.suppressionPrefix}*`]),
  ],
  /** Lift the suppression of addresses. */
  liftSuppression: [items(['BatchGetItem', 'BatchWriteItem'])],
  /** Wipe what erased contacts left in the table, and find the imports. */
  eraseTraces: [
    items(['Query', 'GetItem', 'BatchGetItem', 'BatchWriteItem', 'UpdateItem', 'DeleteItem']),
    query(names.byTime),
    told('importRetentionDays'),
    told('eventRetentionDays'),
    told('messageRetentionDays'),
  ],
  /** Read custom fields. */
  readFields: [items(['Query'])],
  /** Define custom fields under new ids. */
  defineFields: [items(['Query', 'PutItem', 'UpdateItem'])],
  /** Read one import with its chunks. */
  readImport,
  /** Pause imports. */
  pauseImports: [items(['GetItem', 'Query', 'UpdateItem'], ofImports), told('importRetentionDays')],
  /** Resume and cancel imports. */
  controlImports: [items(['GetItem', 'Query', 'UpdateItem', 'DeleteItem'], ofImports), told('importRetentionDays')],
  /** Note that an import is to be undone. */
  startUndos: [items(['GetItem', 'UpdateItem'], ofImports), told('importRetentionDays')],
  /** Undo imports: give contacts their former values back, and remove those that were created. */
  undoImports: [
    items(['GetItem', 'Query', 'BatchGetItem', 'BatchWriteItem', 'PutItem', 'UpdateItem', 'DeleteItem']),
    told('importRetentionDays'),
    told('messageRetentionDays'),
  ],
  /** List imports and read each. */
  listImports: [...readImport, query(names.byTime)],
  /** Create an import with its chunks. */
  acceptImports: [items(['Query', 'BatchWriteItem', 'PutItem', 'UpdateItem']), told('importRetentionDays')],
  /** Seal what must not be read on its way. */
  seal: [items(['GetItem', 'PutItem'], [names.signingKeyPartition])],
  /** Accept files to import. */
  acceptUploads: [items(['PutItem'], ofImports), items(['Query'], [names.fieldPartition]), told('importRetentionDays')],
  /** Note how far the file of an import has come and end imports, and read what was sealed; nothing of contacts. */
  fetchUploads: [followFile, items(['GetItem'], [names.signingKeyPartition]), told('importRetentionDays')],
  /** End imports whose file failed. */
  failUploads: [
    items(['GetItem', 'Query', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'], ofImports),
    told('importRetentionDays'),
  ],
  /** Cut the files of imports into chunks, and find out which segments their tags name. */
  splitUploads: [
    followFile,
    items(['Query'], [names.fieldPartition]),
    items(['BatchGetItem'], [`${names.segmentPrefix}*`, `${names.segmentNamePrefix}*`]),
    told('importRetentionDays'),
  ],
  /** Read whatever an import would, and file what it would do. */
  predictImports: [
    items(['GetItem', 'BatchGetItem', 'Query']),
    items(['PutItem', 'UpdateItem', 'DeleteItem'], ofImports),
    told('importRetentionDays'),
  ],
  /** Note which file a caller may put into the bucket. */
  offerUploads: [items(['PutItem'], [`${names.uploadPrefix}*`])],
  /** Look up which file a caller was to put into the bucket and whose import it is. */
  findUploads: [items(['GetItem'], [`${names.uploadPrefix}*`, `${names.importPrefix}*`])],
  /** Take a chunk of an import through the write path of contacts to its end. */
  import: [...endImports, items(['BatchGetItem', 'BatchWriteItem', 'PartiQLInsert', 'PutItem'])],
  /** End chunks and sessions. */
  endImports,
  /** Find imports that are not over, note how far they are, close those whose chunks are. */
  sweepImports: [
    items(['GetItem', 'Query', 'UpdateItem'], ofImports),
    items(['GetItem', 'PutItem'], [names.sweepPartition]),
    query(names.byTime),
    told('importRetentionDays'),
  ],
  /** Note work that a crash may leave unfinished, and forget it. */
  noteUnfinished: [items(['PutItem', 'DeleteItem'], ofUnfinished)],
  /** Note work that a sweep forgets. */
  noteForSweep: [items(['PutItem'], ofUnfinished)],
  /** Forget the notes of work. */
  forgetUnfinished: [items(['DeleteItem'], ofUnfinished)],
  /** Find work that a crash left, see how far it is, and note what became of it. */
  sweepUnfinished: [
    items(['Query', 'PutItem', 'DeleteItem'], ofUnfinished),
    items(['GetItem', 'BatchGetItem', 'BatchWriteItem', 'UpdateItem']),
    told('messageRetentionDays'),
  ],
  /** Take contacts through the write path, one at a time. */
  writeContacts,
  /** Keep what a form would change about a known contact, and hash whom it is about. */
  takeForms: [items(['ConditionCheckItem', 'GetItem', 'PutItem', 'UpdateItem'])],
  /** See whether the events of subscribers were published, and add them to their segments. */
  publishSubscriptions: [items(['BatchGetItem', 'GetItem', 'BatchWriteItem']), told('eventRetentionDays')],
  /** List segments and count their members. */
  listSegments: [query(names.byGroup)],
  /** List the members of a segment and note how far a listing has come. */
  listMembers: [items(['BatchGetItem', 'GetItem', 'PutItem']), query(names.byGroup), query(names.directory)],
  /** Put contacts into segments and take them out. */
  changeMemberships,
  /** Take all contacts out of a segment at once. */
  emptySegments: [items(['BatchGetItem', 'UpdateItem'])],
  /** Make segments. */
  makeSegments: [items(['BatchGetItem', 'PartiQLInsert', 'UpdateItem'])],
  /** Rename segments. */
  renameSegments: [items(['BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'])],
  /** Remove segments. */
  removeSegments: [items(['BatchGetItem', 'PutItem', 'DeleteItem'])],
  /** Bind segments to categories, and give both another name. */
  defineCategories: [items(['PutItem', 'UpdateItem', 'DeleteItem'])],
  /** Free segments from categories. */
  removeCategories: [items(['BatchGetItem', 'UpdateItem', 'DeleteItem'])],
  /** Remove the memberships of an epoch that is over. */
  removeLeftovers: [...changeMemberships, query(names.byGroup)],
  /** Find recipients of messages, add those who are unknown, and keep messages. */
  acceptMessages: [...writeContacts, told('messageRetentionDays')],
  /** List stored messages. */
  listTemplates: [items(['Query']), told('messageRetentionDays')],
  /** Read stored messages. */
  readTemplates: [items(['GetItem']), told('messageRetentionDays')],
  /** Make stored messages under new ids. */
  createTemplates: [items(['PutItem', 'UpdateItem']), told('messageRetentionDays')],
  /** Replace stored messages. */
  replaceTemplates: [items(['GetItem', 'PutItem', 'UpdateItem']), told('messageRetentionDays')],
  /** Remove stored messages. */
  removeTemplates: [items(['GetItem', 'UpdateItem', 'DeleteItem']), told('messageRetentionDays')],
  /** Read how messages fare. */
  readMessages: [items(['BatchGetItem']), told('messageRetentionDays')],
  /** List the messages to a contact. */
  listMessagesOfContact: [items(['Query', 'BatchGetItem']), told('messageRetentionDays')],
  /** List what was heard of messages. */
  listActivity: [items(['BatchGetItem']), query(names.byTime), told('messageRetentionDays')],
  /** Read a message with all that it is about, and note how it fares. */
  sendMessages,
  /** Keep messages to members of a segment. */
  sendToSegments: [...sendMessages, items(['BatchWriteItem']), query(names.byGroup)],
  /** Note how messages fare and suppress addresses. */
  noteDeliveries: [...suppress, items(['UpdateItem', 'DeleteItem']), told('messageRetentionDays')],
  /** Append to the event log and forget events about erased contacts. */
  appendEvents: [items(['Query', 'BatchGetItem', 'BatchWriteItem']), told('eventRetentionDays')],
  /** Count contacts and reports, and look at contacts that changed. */
  count: [
    items(['BatchGetItem']),
    items(['PutItem', 'UpdateItem'], [names.countsPartition, `${names.countedPrefix}*`]),
  ],
  /** Read what was counted, and the imports. */
  readOverview: [...readImport, query(names.byTime)],
  /** List the event log. */
  listEvents: [items(['Query', 'BatchGetItem']), query(names.byGroup), query(names.byTime), told('eventRetentionDays')],
  /** Delete past events of the log. */
  deletePastEvents: [items(['BatchWriteItem']), query(names.byTime)],
  /** Define types of events. */
  defineEventTypes: [items(['BatchWriteItem'])],
  /** Remove definitions of types of events. */
  removeEventTypes: [items(['DeleteItem'])],
  /** List what workflows are bound to. */
  listWorkflows,
  /** Read workflows and the secrets of their webhooks. */
  readWorkflows,
  /** Store workflows and read them. */
  storeWorkflows: [...listWorkflows, ...readWorkflows],
  /** Remove workflows. */
  removeWorkflows: [items(['GetItem', 'BatchGetItem', 'UpdateItem'])],
  /** List runs of workflows. */
  listRuns: [items(['Query', 'BatchGetItem']), query(names.byGroup), query(names.byTime)],
  /** Read a run of a workflow. */
  readRun: [items(['GetItem'])],
  /** Begin runs and note events for those that wait for them. */
  launchWorkflows: [items(['Query', 'GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'BatchWriteItem'])],
  /** Take the steps of runs with all that they do to contacts. */
  runWorkflows: [...writeContacts, items(['GetItem']), told('importRetentionDays')],
} as const satisfies Record<string, readonly StoreGrant[]>;
