import type { ContactContent, ContactState } from '../contacts/contact.ts';
import { contentOf } from '../contacts/merge.ts';
import type { SegmentEpoch } from '../segments/segment.ts';

/** Everything that a contact has, each value by itself, as JSON by a name like `address.town` or `segment.7.1`. */
export type Values = Map<string, string>;

/** A contact value by value. */
export const valuesOf = (content: ContactContent, state: ContactState, segments: readonly SegmentEpoch[]): Values => {
  const { address = {}, fields = [], tokens = [], ...own } = contentOf(content);
  const entries: [string, unknown][] = [
    ['state', state],
    ...Object.entries(own),
    ...Object.entries(address).map(([part, value]): [string, unknown] => [`address.${part}`, value]),
    ...fields.map(({ id, value }): [string, unknown] => [`fields.${id}`, value]),
    ...tokens.map((token): [string, unknown] => [tokenName(token), token]),
    ...segments.map((segment): [string, unknown] => [segmentName(segment), true]),
  ];
  return new Map(entries.map(([name, value]) => [name, JSON.stringify(value)]));
};

/** The name of a token among values. */
export const tokenName = ({ type, value }: { readonly type: string; readonly value: string }): string =>
  `tokens.${type}.${value}`;

const segmentName = ({ segmentId, epoch }: SegmentEpoch): string => `segment.${segmentId}.${epoch}`;

/** The content and the state that values say. */
export const contentIn = (values: Values): { readonly content: ContactContent; readonly state: ContactState } => {
  const own: Record<string, unknown> = { confirmed: false };
  const address: Record<string, unknown> = {};
  const fields: unknown[] = [];
  const tokens: unknown[] = [];
  let state: ContactState = 'active';
  for (const [name, json] of values) {
    const value: unknown = JSON.parse(json);
    if (name === 'state') state = value as ContactState;
    else if (name.startsWith('address.')) address[name.slice('address.'.length)] = value;
    else if (name.startsWith('fields.')) fields.push({ id: Number(name.slice('fields.'.length)), value });
    else if (name.startsWith('tokens.')) tokens.push(value);
    else if (!name.startsWith('segment.')) own[name] = value;
  }
  const parts = Object.keys(address).length > 0 && { address };
  const content = { ...own, ...parts, ...(fields.length > 0 && { fields }), ...(tokens.length > 0 && { tokens }) };
  return { content: contentOf(content as unknown as ContactContent), state };
};

/** The segments that some values name and others do not. */
export const epochsIn = (values: Values, others: Values): SegmentEpoch[] =>
  [...values.keys()].flatMap((name) => {
    const [, segmentId, epoch] = /^segment\.(\d+)\.(\d+)$/.exec(name) ?? [];
    return segmentId === undefined || others.has(name) ? [] : [{ segmentId: Number(segmentId), epoch: Number(epoch) }];
  });
