import * as z from 'zod';
import {
  addressOf,
  isDeletable,
  isErasable,
  isUnsubscribable,
  oneOf,
  personOf,
  someone,
  type World,
} from '../world.ts';

const found = z.array(z.object({ id: z.int() }));
const saved = z.object({ id: z.int() });

/** Adds or updates one contact. */
export const addContact = async (world: World): Promise<void> => {
  const person = someone(world);
  const about = {
    firstName: `A${Math.floor(world.random() * 1000)}`,
    groups: [oneOf(['Chaos A', 'Chaos B'], world.random)],
  };
  const { status, text } = await world.ask('POST', '/api/v1/contact', personOf(person, about));
  if (status !== 200) world.trail.violate('a contact is added', `${addressOf(person)}: ${status} ${text}`);
};

const idOf = async (world: World, person: number): Promise<number | undefined> => {
  const { json } = await world.ask('GET', `/api/v1/contacts?email=${encodeURIComponent(addressOf(person))}`);
  return found.parse(json)[0]?.id;
};

/** Deletes or erases somebody who may be. */
export const removeContact = async (world: World): Promise<void> => {
  const person = someone(world);
  if (!isDeletable(person) && !isErasable(person)) return;
  const id = await idOf(world, person);
  if (id === undefined) return;
  const erases = isErasable(person) && world.random() < 0.5;
  const { status, text } = await world.ask('DELETE', `/api/v1/contact/${id}${erases ? '?erase=true' : ''}`);
  world.trail.note(`${erases ? 'erasing' : 'deleting'} ${addressOf(person)}, contact ${id}, is answered ${status}`);
  if (status !== 200 && status !== 404) world.trail.violate('a deletion is answered', text);
};

/** Unsubscribes an address for good. */
export const unsubscribe = async (world: World): Promise<void> => {
  const { ask, ledger, trail } = world;
  const person = someone(world);
  const email = addressOf(person);
  if (!isUnsubscribable(person) || ledger.unsubscribed.has(email)) return;
  const { status, text } = await ask('POST', '/api/v1/emails/unsubscribed/add', { emails: [email] });
  if (status !== 200) return trail.violate('an address is unsubscribed', text);
  ledger.unsubscribed.set(email, Date.now());
  trail.note(`${email} is unsubscribed`);
};

/** Subscribes an address of its own by a form, or somebody known. */
export const subscribe = async (world: World): Promise<void> => {
  const { ledger, trail } = world;
  const isNew = world.random() < 0.6;
  const email = isNew ? `s-${Math.floor(world.random() * world.people)}@example.com` : '';
  const contact = isNew ? { channels: [{ type: 'email', value: email }] } : personOf(someone(world));
  const { status, json, text } = await world.ask('POST', '/api/v1/contact/subscribe', { contact, groups: ['Chaos B'] });
  if (status !== 200) return trail.violate('a subscription is taken', text);
  if (isNew) ledger.subscribers.set(email, saved.parse(json).id);
};

/** Presses the button behind a link that was mailed. */
export const confirm = async (world: World): Promise<void> => {
  const { ledger, trail } = world;
  const links = [...ledger.mail.values()].flatMap(({ to, text }) => {
    const link = /^https?:\/\/[^/]+(\/confirm\?\S+)$/m.exec(text)?.[1];
    return link !== undefined && to.startsWith('s-') ? [{ to, link }] : [];
  });
  if (links.length === 0) return;
  const { to, link } = oneOf(links, world.random);
  const { status } = await world.ask('POST', link);
  trail.note(`the link of ${to} is answered ${status}`);
  const id = ledger.subscribers.get(to);
  if (status === 200 && id !== undefined) ledger.confirmed.add(id);
};
