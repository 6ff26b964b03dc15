import { oneOf, type World } from '../world.ts';
import { addContact, confirm, removeContact, subscribe, unsubscribe } from './contacts.ts';
import { raiseEvent, sendOrders, workflow } from './happenings.ts';
import { controlImport, importContacts, uploadContacts } from './imports.ts';
import { readMailbox, sendEmail, sendToSegment } from './messages.ts';

type Driver = (world: World) => Promise<void>;

/** Makes what the others rely on. */
export const prepare = async ({ ask, trail }: World): Promise<void> => {
  const { status, text } = await ask('PUT', '/admin/v1/workflows/chaos', workflow);
  if (status !== 200) trail.violate('a workflow is stored', text);
};

/** What callers do, with how often they do it. */
const drivers = (linkOf: (rows: string) => string): readonly (readonly [weight: number, driver: Driver])[] => [
  [2, importContacts],
  [1, uploadContacts(linkOf)],
  [2, controlImport],
  [4, addContact],
  [4, removeContact],
  [2, unsubscribe],
  [5, subscribe],
  [4, confirm],
  [6, raiseEvent],
  [3, sendOrders],
  [2, sendEmail],
  [1, sendToSegment],
  [1, readMailbox],
];

/** Does one thing after the other, by chance, until it is over; the first of each caller is another one. */
export const act = async (world: World, place: number, linkOf: (rows: string) => string): Promise<void> => {
  const kinds = drivers(linkOf);
  const all = kinds.flatMap(([weight, driver]) => Array.from({ length: weight }, () => driver));
  for (let next = kinds[place]?.[1]; next && !world.isOver(); next = oneOf(all, world.random)) {
    await next(world).catch((error: unknown) => world.trail.violate('callers understand answers', String(error)));
  }
};
