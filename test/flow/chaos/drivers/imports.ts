import * as z from 'zod';
import { sized } from '#test/support/soak.ts';
import { addressOf, oneOf, personOf, someone, type World } from '../world.ts';

const accepted = z.object({ asyncSessionId: z.string() });

/** What each new contact of an import is told as. */
export const creationKey = 'chaosNew';

/** Rows of a request and of a file at most: now and then more than one chunk. */
const most = { request: sized(280, 400), file: sized(400, 600) };

const settings = (world: World) => ({
  dedupeOn: 'email',
  restoreDeleted: world.random() < 0.4,
  groupNames: [oneOf(['Chaos A', 'Chaos B', 'Chaos C'], world.random)],
  ...(world.random() < 0.3 && { groupNamesExclude: ['Chaos C'] }),
  eventKeyForNewContacts: creationKey,
});

const crowd = (world: World, rows: number): number[] => {
  const [first, count] = [someone(world), 1 + Math.floor(world.random() * rows)];
  return Array.from({ length: count }, (_, index) => (first + index) % world.people);
};

const note = ({ ledger, trail }: World, json: unknown, rows: number, what: string): string => {
  const { asyncSessionId } = accepted.parse(json);
  ledger.imports.set(asyncSessionId, rows);
  trail.note(`${what} of ${rows} rows is ${asyncSessionId}`);
  return asyncSessionId;
};

/** Sends a bulk request. */
export const importContacts = async (world: World): Promise<void> => {
  const people = crowd(world, most.request);
  const contacts = people.map((person) => personOf(person, { firstName: `N${Math.floor(world.random() * 1000)}` }));
  const answer = await world.ask('POST', '/api/v1/contacts', { contacts, ...settings(world) });
  if (answer.status !== 200) return world.trail.violate('a bulk request is taken', answer.text);
  note(world, answer.json, people.length, 'bulk');
};

/** Has a file imported from a link. */
export const uploadContacts =
  (linkOf: (rows: string) => string) =>
  async (world: World): Promise<void> => {
    const people = crowd(world, most.file);
    const lines = people.map(
      (person) =>
        `${addressOf(person)},${person % 2 === 0 ? `ext-${person}` : ''},F${Math.floor(world.random() * 1000)}`,
    );
    const link = linkOf(['email,externalCustomerId,firstName', ...lines, ''].join('\n'));
    const answer = await world.ask('POST', '/api/v1/contacts/upload', { link, ...settings(world) });
    if (answer.status !== 200) return world.trail.violate('a file is taken', answer.text);
    note(world, answer.json, people.length, 'file');
  };

const oneImport = (world: World): string | undefined => {
  const sessions = [...world.ledger.imports.keys()];
  return sessions.length > 0 ? oneOf(sessions.slice(-20), world.random) : undefined;
};

/** Pauses, resumes, cancels or undoes one of the last imports, whether that can be done or not. */
export const controlImport = async (world: World): Promise<void> => {
  const sessionId = oneImport(world);
  if (sessionId === undefined) return;
  const action = oneOf(['pause', 'pause', 'resume', 'resume', 'cancel', 'undo'], world.random);
  const answer = await world.ask(
    'POST',
    `/admin/v1/imports/${sessionId}/${action}`,
    action === 'undo' ? {} : undefined,
  );
  world.trail.note(`${action} of ${sessionId} is answered ${answer.status}`);
  if (answer.status !== 200 && answer.status !== 409) world.trail.violate(`${action} is answered`, answer.text);
};
