/** The table's attribute and index names; the index keys are sparse, so an item pays for an index only by using it. */
export const table = {
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'ttl',
  /** Holds every API key, and nothing else: what authenticating may touch. */
  apiKeyPartition: 'KEYS',
  /** How the partitions begin that count the uses of keys with a rate of their own: one a key. */
  keyUsePrefix: 'KEYUSE#',
  /** Holds every custom field, and nothing else. */
  fieldPartition: 'FIELDS',
  /** Holds the key that signs links and seals secrets, and nothing else. */
  signingKeyPartition: 'SIGNINGKEY',
  /** How the partitions of imports begin: all that the function which follows a caller's link may touch. */
  importPrefix: 'IMPORT#',
  /** How the partitions of segments, and of their names, begin: one each. */
  segmentPrefix: 'SEGMENT#',
  segmentNamePrefix: 'SEGMENTNAME#',
  /** How the partitions of files begin that callers put into the bucket: one a file. */
  uploadPrefix: 'UPLOAD#',
  /** How the partitions of suppressed addresses begin: one an address. */
  suppressionPrefix: 'SUPPRESSION#',
  /** Holds what was counted: an item for all contacts, and one a day. */
  countsPartition: 'COUNTS',
  /** How the partitions begin that say what was counted: contacts by neighbouring ids, or one report of a message. */
  countedPrefix: 'COUNTED#',
  /** Holds how far the sweeps have come, and nothing else. */
  sweepPartition: 'SWEEPS',
  /** How the partitions begin of notes about work that may be lost half way. */
  unfinishedPrefix: 'UNFINISHED#',
  /** Members of a segment, and events of one type. */
  byGroup: { indexName: 'byGroup', partitionKey: 'groupKey', sortKey: 'groupSort' },
  /** Everything of a kind, newest first: events and imports. */
  byTime: { indexName: 'byTime', partitionKey: 'timeKey', sortKey: 'timeSort' },
  /**
   * A short entry for each contact that is not erased, by id: what lists and searches by name walk through. Names are in
   * lower case there, so that the index itself finds what begins so.
   */
  directory: {
    indexName: 'directory',
    partitionKey: 'directoryKey',
    sortKey: 'directorySort',
    firstName: 'directoryFirstName',
    lastName: 'directoryLastName',
    holds: ['id', 'state', 'updatedAt', 'source', 'directoryFirstName', 'directoryLastName'],
  },
} as const;
