import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { type Key, toKey, toValues } from './item.ts';

/** What changes about an item that counts its writes in `revision`. */
export interface RevisedUpdate {
  readonly key: Key;
  /** `undefined` leaves a member as it is; the new revision is among them. */
  readonly set: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  readonly expectedRevision: number;
}

/** An update of single members on the condition of the revision that was read. */
export const revisedUpdate = (
  TableName: string,
  { key, set, remove = [], expectedRevision }: RevisedUpdate,
): UpdateItemCommandInput => {
  const members = Object.entries(set).filter(([, value]) => value !== undefined);
  const names = [...members.map(([name]) => name), ...remove, 'revision'];
  const assignments = members.map(([name]) => `#${name} = :${name}`).join(', ');
  const removals = remove.length > 0 ? ` REMOVE ${remove.map((name) => `#${name}`).join(', ')}` : '';
  return {
    TableName,
    Key: toKey(key),
    UpdateExpression: `SET ${assignments}${removals}`,
    ConditionExpression: '#revision = :expectedRevision',
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: toValues({
      ...Object.fromEntries(members.map(([name, value]) => [`:${name}`, value])),
      ':expectedRevision': expectedRevision,
    }),
  };
};
