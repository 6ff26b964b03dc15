import type { TemplateResource } from '../local/template/template.ts';
import { holdsData, nameOf, type ReleasedPart } from './part-of-templates.ts';

/**
 * Why CloudFormation would refuse to update a deployed stack, or would lose data by it, a sentence for each; none if
 * the update is safe. It replaces a resource whose logical id or fixed property changes, makes the new one before the
 * old one goes, so that two would have one name, and changes one index of a table at a time, and never in place
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html).
 */
export const refusedUpdates = (released: ReleasedPart, next: ReleasedPart): string[] => [
  ...Object.entries(released).flatMap(([stack, resources]) =>
    Object.entries(resources).flatMap(([id, before]) => refusedChange(id, before, next[stack]?.[id])),
  ),
  ...movedNames(released, next),
];

const refusedChange = (id: string, before: TemplateResource, after: TemplateResource | undefined): string[] => {
  if (!holdsData.has(before.Type)) return [];
  if (after?.Type !== before.Type) return [`${id} (${before.Type}) is gone, and what it holds with it`];
  const replaced = (fixedProperties[before.Type] ?? []).filter(
    (property) => !isSame(before.Properties?.[property], after.Properties?.[property]),
  );
  return [
    ...replaced.map((property) => `${id} would be replaced, and lose what it holds: ${property} is another one`),
    ...(before.Type === 'AWS::DynamoDB::Table' ? refusedIndexes(id, before, after) : []),
  ];
};

/** Whose change replaces a resource. */
const fixedProperties: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema'],
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::Events::EventBus': ['Name'],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 'StateMachineType'],
};

interface Index {
  readonly IndexName: string;
  readonly KeySchema: unknown;
  readonly Projection: unknown;
}

const indexesOf = ({ Properties }: TemplateResource): Map<string, Index> =>
  new Map(((Properties?.GlobalSecondaryIndexes ?? []) as Index[]).map((index) => [index.IndexName, index]));

const refusedIndexes = (id: string, before: TemplateResource, after: TemplateResource): string[] => {
  const [old, renewed] = [indexesOf(before), indexesOf(after)];
  const gone = [...old.keys()].filter((name) => !renewed.has(name));
  const added = [...renewed.keys()].filter((name) => !old.has(name));
  const changed = [...old.values()].filter(({ IndexName, KeySchema, Projection }) => {
    const now = renewed.get(IndexName);
    return now && !(isSame(KeySchema, now.KeySchema) && isSame(Projection, now.Projection));
  });
  const [ttlBefore, ttlAfter] = [before, after].map(({ Properties }) => Properties?.TimeToLiveSpecification);
  return [
    ...changed.map(({ IndexName }) => `${id}: the index ${IndexName} cannot be changed in place: add another one`),
    ...(gone.length + added.length > 1
      ? [`${id}: one index at a time can be added or removed, and these are ${[...added, ...gone].join(', ')}`]
      : []),
    ...(isSame(ttlBefore, ttlAfter)
      ? []
      : [`${id}: the attribute of its time to live cannot become another one at once`]),
  ];
};

/** Names that another resource would have while the one before is still there. */
const movedNames = (released: ReleasedPart, next: ReleasedPart): string[] => {
  const places = new Map(placesIn(released));
  return placesIn(next).flatMap(([name, place]) => {
    const before = places.get(name);
    return before === undefined || before === place
      ? []
      : [`${name} would be made twice under one name: it is ${place} now and was ${before}`];
  });
};

const placesIn = (part: ReleasedPart): [string, string][] =>
  Object.entries(part).flatMap(([stack, resources]) =>
    Object.entries(resources).flatMap(([id, resource]): [string, string][] => {
      const name = nameOf(resource);
      return name ? [[`${resource.Type} ${name.value}`, `${stack}/${id}`]] : [];
    }),
  );

/** The order of members says nothing. */
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
};
