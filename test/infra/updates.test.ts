import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { partOfTemplates, type ReleasedPart } from '#infra/released/part-of-templates.ts';
import { refusedUpdates } from '#infra/released/refused-updates.ts';
import { parseSettings } from '#infra/settings.ts';
import { synthesize } from '#infra/synthesize.ts';
import { temporaryFolder } from './synthesized.ts';

const released: ReleasedPart = JSON.parse(
  readFileSync(new URL('../../infra/released/template.json', import.meta.url), 'utf8'),
);
const settings = parseSettings('prod', { prod: {} });
const { directory } = synthesize(settings, { outdir: temporaryFolder(), validate: false, stubs: true });
const next = partOfTemplates(directory);

test('an update from the last release is one that CloudFormation takes, and that loses nothing', () => {
  expect(refusedUpdates(released, next)).toEqual([]);
});

test('what holds data keeps its logical id: another one would be another, empty resource', () => {
  const ids = Object.entries(next.main ?? {})
    .filter(([, { Type }]) => /::(Table|Bucket|EventBus|Queue|StateMachine)$/.test(Type))
    .map(([id, { Type, Properties }]) => [
      String(Properties?.QueueName ?? Type.split('::')[2]).replace('rollcall-prod-', ''),
      id,
    ]);

  expect(Object.fromEntries(ids)).toEqual(pinned);
});

/** Never to be changed; a new resource gets a line of its own. */
const pinned = {
  undos: 'UndosQueue68AFBD19',
  'undos-dead-letter': 'UndosDeadLettersQueue3D3D5A9F',
  Table: 'ContactsTable16C20946',
  EventBus: 'EventsBus45DE4339',
  'event-log-dead-letter': 'EventsEventLogDeadLettersQueue6CB268BD',
  'event-log': 'EventsEventLogQueueEDE0F69F',
  'counts-dead-letter': 'CountsDeadLettersQueue07B7D66F',
  counts: 'CountsQueueA502BDEA',
  Bucket: 'ImportsBucketB463A28B',
  'dead-letter': 'ImportsDeadLettersQueue85044A77',
  'failed-chunks': 'ImportsFailedChunksQueueA959A4B3',
  chunks: 'ImportsChunksQueue892A24B6',
  'uploads-dead-letter': 'UploadsDeadLettersQueue0FC3382D',
  'failed-uploads': 'UploadsFailuresQueueA030BA4B',
  'dry-runs': 'UploadsSplitsDryRunsQueue34E8ADFA',
  'uploads-split': 'UploadsSplitsFilesQueue4AE6A1A3',
  'uploads-fetch': 'UploadsFetchesQueue85C10037',
  'sweeps-dead-letter': 'SweepsDeadLettersQueue95894090',
  'erasures-dead-letter': 'ErasuresDeadLettersQueueFC6A58B7',
  erasures: 'ErasuresQueue9120424D',
  'subscriptions-dead-letter': 'SubscriptionCheckSubscriptionsDeadLettersQueueA09A9326',
  subscriptions: 'SubscriptionCheckSubscriptionsQueueB53E73D7',
  'segment-leftovers-dead-letter': 'SegmentLeftoversDeadLettersQueueBA40B581',
  'segment-leftovers': 'SegmentLeftoversQueueBEFEC7FC',
  'messages-dead-letter': 'MessagesQueueDeadLettersQueue35B115C7',
  messages: 'MessagesQueue94C1BA26',
  'segment-messages-dead-letter': 'MessagesSegmentsDeadLettersQueue0E26EC5C',
  'segment-messages': 'MessagesSegmentsQueueFD1D06EB',
  'deliveries-dead-letter': 'MessagesDeliveriesDeadLettersQueue6895D8A6',
  deliveries: 'MessagesDeliveriesQueue9EEEB8CF',
  'confirmations-dead-letter': 'DoubleOptInConfirmationsDeadLettersQueue437845D8',
  confirmations: 'DoubleOptInConfirmationsQueue72A2558D',
  'workflow-events-dead-letter': 'WorkflowsLaunchesDeadLettersQueue49A9E02D',
  'workflow-events': 'WorkflowsLaunchesQueue61703B88',
  StateMachine: 'WorkflowsRunsMachineA8099906',
};

describe('a next version is refused', () => {
  /** The next templates with a change in a copy of the table's properties. */
  const withTable = (change: (properties: TableProperties) => void): ReleasedPart => {
    const main = structuredClone(next.main ?? {});
    change(main[pinned.Table]?.Properties as unknown as TableProperties);
    return { ...next, main };
  };
  const without = (id: string): ReleasedPart => ({
    ...next,
    main: Object.fromEntries(Object.entries(next.main ?? {}).filter(([one]) => one !== id)),
  });
  const index = (IndexName: string) => ({ IndexName, KeySchema: [], Projection: { ProjectionType: 'ALL' } });

  test.each<[string, ReleasedPart, RegExp]>([
    [
      'whose index holds more than it did',
      withTable(({ GlobalSecondaryIndexes }) => {
        const directory = GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === 'directory');
        directory?.Projection.NonKeyAttributes?.push('more');
      }),
      /the index directory cannot be changed in place/,
    ],
    [
      'whose index has another key',
      withTable(({ GlobalSecondaryIndexes }) => {
        const [first] = GlobalSecondaryIndexes;
        if (first) first.KeySchema = [{ AttributeName: 'other', KeyType: 'HASH' }];
      }),
      /cannot be changed in place/,
    ],
    [
      'with two more indexes at once',
      withTable(({ GlobalSecondaryIndexes }) => void GlobalSecondaryIndexes.push(index('a'), index('b'))),
      /one index at a time .* a, b$/,
    ],
    [
      'with an index in the place of another',
      withTable(({ GlobalSecondaryIndexes }) => void GlobalSecondaryIndexes.splice(0, 1, index('a'))),
      /one index at a time .* a, byGroup$/,
    ],
    [
      'whose table has another key',
      withTable((properties) => {
        properties.KeySchema = [];
      }),
      /would be replaced.*KeySchema/,
    ],
    [
      'whose table forgets by another attribute',
      withTable((properties) => {
        properties.TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
      }),
      /time to live/,
    ],
    ['without the table under its logical id', without(pinned.Table), /AWS::DynamoDB::Table\) is gone/],
    ['without a queue under its logical id', without(pinned.chunks), /AWS::SQS::Queue\) is gone/],
    [
      'that moves an operation to another nested stack',
      { ...next, ApiOperations: {}, AdminOperations: { ...next.AdminOperations, ...next.ApiOperations } },
      /made twice under one name: it is AdminOperations\/.* and was ApiOperations\//,
    ],
  ])('%s', (_, changed, reason) => {
    expect(refusedUpdates(next, changed).join('\n')).toMatch(new RegExp(reason.source, 'm'));
  });

  test('but not for one more index, or more of what has no data', () => {
    const more = withTable(({ GlobalSecondaryIndexes }) => void GlobalSecondaryIndexes.push(index('a')));

    expect(refusedUpdates(next, { ...more, NewOperations: { New: { Type: 'AWS::Lambda::Function' } } })).toEqual([]);
  });
});

interface TableProperties {
  KeySchema: unknown[];
  TimeToLiveSpecification: object;
  readonly GlobalSecondaryIndexes: {
    readonly IndexName: string;
    KeySchema: unknown[];
    readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: string[] };
  }[];
}
