import { describe, expect, test } from 'vitest';
import { keys } from '#aws/table/keys.ts';
import { settingsOf } from '#infra/settings.ts';
import { table } from '#names/table.ts';
import { nameOf, rightsByFunction, statementsByRole } from './rights-in.ts';
import { referenceIn, resourcesOf, templateOf } from './synthesized.ts';

const template = templateOf();
const rights = rightsByFunction(template);
const actionsOf = (name: string) => (rights.get(name) ?? []).map(({ action }) => action).sort();

const onlyKeys = {
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [table.apiKeyPartition, `${table.keyUsePrefix}*`] },
};
const queueWork = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
];

const nameOfQueue = (id: string) => {
  const queue = template.Resources[id];
  return queue && nameOf(queue);
};

describe('a function may do its work and no more', () => {
  test.each(['get-version', 'get-account-info', 'get-balance'])('%s only authenticates', (name) => {
    const own = rights.get(name);

    expect(own?.map(({ action }) => action)).toEqual(['dynamodb:GetItem', 'dynamodb:UpdateItem']);
    expect(own?.every(({ condition }) => JSON.stringify(condition) === JSON.stringify(onlyKeys))).toBe(true);
  });

  const writePath = [
    'dynamodb:BatchGetItem',
    'dynamodb:BatchWriteItem',
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PartiQLInsert',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
    'events:PutEvents',
  ];
  const distinctActionsOf = (name: string) => [...new Set(actionsOf(name))];

  test('add-contacts saves one contact, or creates imports, stores their rows and queues their chunks', () => {
    expect(distinctActionsOf('add-contacts')).toEqual([...writePath, 's3:PutObject', 'sqs:SendMessage']);
  });

  test('update-contact saves one contact', () => {
    expect(distinctActionsOf('update-contact')).toEqual(writePath);
  });

  test('add-contact saves one contact, and has it counted', () => {
    expect(distinctActionsOf('add-contact')).toEqual([...writePath, 'sqs:SendMessage']);
  });

  test('count-contacts looks at contacts, and writes nothing but counts', () => {
    const writes = (rights.get('count-contacts') ?? []).filter(({ action }) => /dynamodb:(Put|Update)/.test(action));

    expect(new Set(writes.map(({ condition }) => JSON.stringify(condition)))).toEqual(
      new Set(['{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["COUNTS","COUNTED#*"]}}']),
    );
    expect(distinctActionsOf('count-contacts')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      ...queueWork,
      'sqs:SendMessage',
    ]);
  });

  test('describe-overview reads counts and imports, and sees how many messages each dead-letter queue holds', () => {
    const queues = (rights.get('describe-overview') ?? []).filter(({ action }) => action.startsWith('sqs:'));
    const given = resourcesOf(template, 'AWS::SQS::Queue').map(([, queue]) => nameOf(queue));
    const deadLetters = given.filter((name) => /(dead-letter|-errors?)$/.test(name));

    expect(new Set(queues.map(({ action }) => action))).toEqual(new Set(['sqs:GetQueueAttributes']));
    const seen = queues.flatMap(({ resource }) =>
      [...JSON.stringify(resource).matchAll(/rollcall-local-([\w-]+)/g)].map(([, name]) => name),
    );
    expect(seen.toSorted()).toEqual(deadLetters.toSorted());
  });

  test('subscribe-contact saves one contact or keeps a proposal, and promises its event to one queue alone', () => {
    const queues = (rights.get('subscribe-contact') ?? []).filter(({ action }) => action.startsWith('sqs:'));

    const actions = [...writePath, 'dynamodb:ConditionCheckItem', 'sqs:SendMessage'].sort();
    expect(distinctActionsOf('subscribe-contact')).toEqual(actions);
    expect(queues.map(({ on }) => nameOfQueue(on))).toEqual(['subscriptions', 'counts']);
  });

  test('publish-subscription looks for a contact and its event, files the one and publishes the other', () => {
    expect(actionsOf('publish-subscription')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'events:PutEvents',
      ...queueWork,
    ]);
  });

  test('import-chunk does what the write path of contacts and the end of a chunk take', () => {
    expect(actionsOf('import-chunk')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PartiQLInsert',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'events:PutEvents',
      's3:GetObject',
      's3:GetObject',
      's3:PutObject',
      's3:PutObject',
      ...queueWork,
      'sqs:SendMessage',
    ]);
  });

  test('fail-chunk ends chunks and hands their messages on', () => {
    expect(actionsOf('fail-chunk')).toEqual([
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      's3:GetObject',
      's3:GetObject',
      's3:PutObject',
      ...queueWork.slice(0, 4),
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ]);
  });

  test('log-events keeps events, and forgets those about contacts that were erased', () => {
    expect(actionsOf('log-events')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:Query',
      ...queueWork,
    ]);
  });

  test.each(['delete-contact', 'delete-external-contact'])(
    '%s erases a contact, and leaves its traces to a queue',
    (name) => {
      expect([...new Set(actionsOf(name))]).toEqual([
        'dynamodb:BatchGetItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'sqs:SendMessage',
      ]);
    },
  );

  test('erase-traces overwrites what imports keep, and cannot delete anything there', () => {
    expect([...new Set(actionsOf('erase-traces'))]).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      ...queueWork,
      'sqs:SendMessage',
    ]);
  });

  test.each(['get-contact-emails', 'list-contacts'])('%s writes nothing but the use of its key', (name) => {
    const own = (rights.get(name) ?? []).filter(({ condition }) => condition === undefined);

    expect(own.map(({ action }) => action).filter((action) => !/Get|Query/.test(action))).toEqual([]);
  });
});

describe('events of callers', () => {
  const authenticating = ['dynamodb:GetItem', 'dynamodb:UpdateItem'];
  const distinctActionsOf = (name: string) => [...new Set(actionsOf(name))];

  test('are put on the bus by a function that can write no contact, nor anything else but the use of its key', () => {
    const own = (rights.get('generate-event') ?? []).filter(({ condition }) => condition === undefined);

    expect(
      [...new Set(own.map(({ action }) => action))].filter((action) => action.startsWith('dynamodb')).sort(),
    ).toEqual(['dynamodb:BatchGetItem', 'dynamodb:Query']);
    expect(distinctActionsOf('generate-event')).toContain('events:PutEvents');
  });

  test('that have occurred already are told by a function that cannot reach the bus', () => {
    expect(distinctActionsOf('add-past-events')).toEqual(
      ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:Query', ...authenticating].sort(),
    );
  });

  test('are deleted by nobody, unless the stage says so', () => {
    const allowing = rightsByFunction(templateOf(settingsOf('local', { deletePastEvents: true })));
    const allowed = (allowing.get('delete-past-events') ?? []).map(({ action }) => action);

    expect(distinctActionsOf('delete-past-events')).toEqual(authenticating);
    expect([...new Set(allowed)].sort()).toEqual(
      ['dynamodb:BatchWriteItem', 'dynamodb:Query', ...authenticating].sort(),
    );
  });
});

describe('segments', () => {
  test('are attached to by filing contacts and telling of it, and detached from by ending epochs, too', () => {
    const change = ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'];

    expect([...new Set(actionsOf('attach-contacts'))]).toEqual([...change, 'events:PutEvents']);
    expect([...new Set(actionsOf('detach-contacts'))]).toEqual([...change, 'events:PutEvents', 'sqs:SendMessage']);
  });

  test('are cleared by a function that removes memberships, and neither segments nor contacts', () => {
    expect([...new Set(actionsOf('empty-segment'))]).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:Query',
      'events:PutEvents',
      ...queueWork,
      'sqs:SendMessage',
    ]);
  });

  test.each(['list-groups', 'list-segments', 'list-subscriptions', 'list-categories', 'get-contact-subscriptions'])(
    'are read by %s, which writes nothing but the use of its key',
    (name) => {
      const own = (rights.get(name) ?? []).filter(({ condition }) => condition === undefined);

      expect(own.map(({ action }) => action).filter((action) => !/Get|Query/.test(action))).toEqual([]);
    },
  );
});

describe('messages', () => {
  const distinct = (name: string) => [...new Set(actionsOf(name))];
  const sends = (rights.get('send-message') ?? []).filter(({ action }) => action === 'ses:SendEmail');

  test.each(['send-email', 'send-sms', 'send-stored-message', 'smart-send'])(
    'are accepted by %s, which may queue them, and neither send nor tell anything',
    (name) => {
      const queues = (rights.get(name) ?? []).filter(({ action }) => action.startsWith('sqs:'));

      expect(queues.map(({ on }) => nameOfQueue(on)).toSorted()).toEqual(['counts', 'messages', 'segment-messages']);
      expect(distinct(name).filter((action) => /^(ses|sms-voice|events|s3):/.test(action))).toEqual([]);
    },
  );

  test('are sent by a function that reads what they are about, notes how they fare, and may make the key of links', () => {
    const puts = (rights.get('send-message') ?? []).filter(({ action }) => action === 'dynamodb:PutItem');

    expect(JSON.stringify(puts.map(({ condition }) => condition))).toContain('"dynamodb:LeadingKeys":["SIGNINGKEY"]');
    expect(distinct('send-message')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PartiQLInsert',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'ses:SendEmail',
      'sms-voice:SendTextMessage',
      ...queueWork,
    ]);
  });

  test('come from the addresses of the stage alone', () => {
    const wider = templateOf(settingsOf('local', { senderAddresses: ['shop@example.com'], smsSenders: [] }));
    const own = rightsByFunction(wider).get('send-message') ?? [];

    expect(sends.map(({ condition }) => condition)).toEqual(
      sends.map(() => ({ StringEquals: { 'ses:FromAddress': 'owner@example.com' } })),
    );
    const conditions = own.filter(({ action }) => action === 'ses:SendEmail').map(({ condition }) => condition);
    expect(new Set(conditions.map((one) => JSON.stringify(one)))).toEqual(
      new Set(['{"StringEquals":{"ses:FromAddress":["owner@example.com","shop@example.com"]}}']),
    );
    expect(own.some(({ action }) => action.startsWith('sms-voice:'))).toBe(false);
  });

  test('are noted by a function that may send nothing', () => {
    expect(distinct('note-delivery')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:PartiQLInsert',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      ...queueWork,
      'sqs:SendMessage',
    ]);
  });

  test('are heard of only where they are of this stage', () => {
    const rules = resourcesOf(template, 'AWS::Events::Rule').map(([, { Properties }]) => Properties);
    const patterns = rules.filter(({ EventBusName }) => EventBusName === undefined).map((one) => one.EventPattern);
    const sender = { Ref: resourcesOf(template, 'AWS::SES::ConfigurationSet')[0]?.[0] };

    expect(patterns).toEqual([
      { source: ['aws.ses'], detail: { mail: { tags: { 'ses:configuration-set': [sender] } } } },
      {
        source: ['aws.sms-voice'],
        'detail-type': ['Text Message Delivery Status Updated'],
        detail: { context: { sender: [sender] } },
      },
    ]);
  });
});

test('every function that authenticates is held to the partitions where the keys and their uses are', () => {
  expect(keys.apiKeyPartition).toBe(table.apiKeyPartition);
  expect(keys.apiKey('hash').pk).toBe(table.apiKeyPartition);
  expect(keys.keyUse('hash', 'minute').pk).toBe(`${table.keyUsePrefix}hash`);
});

test('no function may do everything to anything', () => {
  const statements = [...statementsByRole(template).values()].flat();

  const actions = statements.flatMap(({ Action }) => Action);
  const onEverything = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);

  expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  expect([...new Set(onEverything)].sort()).toEqual([
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:PutTelemetryRecords',
    'xray:PutTraceSegments',
  ]);
});

test('objects are reached by the keys of imports, of uploaded files and of dry runs only', () => {
  const objects = [...rights.values()].flat().filter(({ action }) => /^s3:.*Object/.test(action));

  const patterns = objects.map(({ resource }) => /"(\/[^"]*)"/.exec(JSON.stringify(resource))?.[1]);

  expect(new Set(patterns)).toEqual(
    new Set([
      '/imports/*/rows.ndjson',
      '/imports/*/rows/*',
      '/imports/*/outcomes/*',
      '/imports/*/former/*',
      '/imports/*/undone/*',
      '/imports/*/undo-trials/*',
      '/uploads/*/file',
      '/predictions/*',
    ]),
  );
});

test('only what wipes traces and what undoes imports may list objects, each of its own kinds', () => {
  const lists = [...rights].flatMap(([name, own]) =>
    own.filter(({ action }) => action === 's3:ListBucket').map(({ condition }) => [name, condition]),
  );

  const wiped = ['imports/*/outcomes/', 'imports/*/rows/', 'imports/*/former/'];
  expect(new Map(lists as [string, object][])).toEqual(
    new Map([
      ['erase-traces', { StringLike: { 's3:prefix': wiped } }],
      ['undo-rows', { StringLike: { 's3:prefix': ['imports/*/former/*'] } }],
    ]),
  );
});

test('every function has a role of its own without managed policies', () => {
  const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([, fn]) => fn);
  const roles = functions.map(({ Properties }) => referenceIn(Properties.Role));

  expect(new Set(roles).size).toBe(functions.length);
  expect(roles.map((role) => template.Resources[role]?.Properties.ManagedPolicyArns)).toEqual(
    functions.map(() => undefined),
  );
});

test('whoever may reach the table, the bucket, a queue or the bus is told where it is', () => {
  const namesFor = { dynamodb: 'TABLE_NAME', s3: 'IMPORT_BUCKET_NAME', events: 'EVENT_BUS_NAME' };

  for (const [, fn] of resourcesOf(template, 'AWS::Lambda::Function')) {
    const { Variables } = fn.Properties.Environment as { Variables: Record<string, unknown> };
    const services = new Set(rights.get(nameOf(fn))?.map(({ action }) => action.split(':')[0]));
    for (const [service, name] of Object.entries(namesFor)) {
      expect([nameOf(fn), name, name in Variables]).toEqual([nameOf(fn), name, services.has(service)]);
    }
  }
});
