import * as z from 'zod';
import { Difference, type Smoke } from './smoke.ts';

const names = z.array(z.object({ id: z.int(), name: z.string() }));

/** The segments of a stage with a name. */
export const segmentsNamed = async (smoke: Smoke, name: string): Promise<number[]> => {
  const found = await smoke.ask({ path: `/api/v1/groups?name=${encodeURIComponent(name)}`, answer: names });
  return found.filter((segment) => segment.name === name).map(({ id }) => id);
};

/**
 * Removes whatever a run made, also if it ended half way, and says in a line what. Throws an Error that names what may
 * be left; everything else was removed then.
 */
export const cleanUp = async (smoke: Smoke, alsoSegments: readonly string[]): Promise<string> => {
  const left: string[] = [];
  const removed: string[] = [];
  const remove = async (what: string, action: () => Promise<number>): Promise<void> => {
    try {
      const count = await action();
      if (count > 0) removed.push(`${count} ${what}`);
    } catch (error) {
      left.push(`${what} (${error instanceof Error ? error.message : String(error)})`);
    }
  };
  await remove('imports that were under way', () => endImports(smoke));
  await remove('workflows', () => removeWorkflow(smoke));
  await remove('contacts', () => eraseContacts(smoke));
  await remove('segments', () => removeSegments(smoke, [smoke.name, ...alsoSegments]));
  await remove('API keys', () => revokeKeys(smoke));
  if (left.length > 0) throw new Error(`Look for ${smoke.name}, as these may be left: ${left.join('; ')}`);
  return removed.length > 0 ? `removed ${removed.join(', ')}` : 'there was nothing to remove';
};

/** The newest imports, as nothing tells a run's own from those of others; only those with its file or segment are its. */
const endImports = async (smoke: Smoke): Promise<number> => {
  const { items } = await smoke.ask({
    path: '/admin/v1/imports?limit=20',
    answer: z.object({ items: z.array(z.looseObject({ sessionId: z.uuid(), state: z.string() })) }),
  });
  const open = items.filter(({ state }) => state === 'STARTED' || state === 'IMPORTING');
  const own = open.filter((session) => JSON.stringify(session).includes(smoke.name));
  for (const { sessionId } of own) {
    const path = `/admin/v1/imports/${sessionId}`;
    await smoke.ask({ method: 'POST', path: `${path}/cancel`, answer: z.unknown() });
    await smoke.until({ path, answer: z.object({ state: z.enum(['FINISHED', 'ERROR']) }) });
  }
  return own.length;
};

const removeWorkflow = async (smoke: Smoke): Promise<number> => {
  const { items } = await smoke.ask({
    path: '/admin/v1/workflows',
    answer: z.object({ items: z.array(z.object({ id: z.string() })) }),
  });
  const own = items.filter(({ id }) => id === smoke.name);
  for (const { id } of own) {
    await smoke.ask({ method: 'DELETE', path: `/admin/v1/workflows/${id}`, answer: z.unknown() });
  }
  return own.length;
};

const people = ['bulk', 'file', 'subscriber', 'message', 'workflow', 'refused'];

const eraseContacts = async (smoke: Smoke): Promise<number> => {
  let erased = 0;
  for (const who of people) {
    const path = `/api/v1/contacts?email=${encodeURIComponent(smoke.addressOf(who))}`;
    for (const { id } of await smoke.ask({ path, answer: z.array(z.object({ id: z.int() })) })) {
      await smoke.ask({ method: 'DELETE', path: `/api/v1/contact/${id}?erase=true`, answer: z.unknown() });
      erased++;
    }
    const rest = await smoke.ask({ path, answer: z.array(z.unknown()) });
    if (rest.length > 0) throw new Difference(`${who} is found after it was erased`);
  }
  return erased;
};

const removeSegments = async (smoke: Smoke, wanted: readonly string[]): Promise<number> => {
  const ids = (await Promise.all(wanted.map((name) => segmentsNamed(smoke, name)))).flat();
  let count = 0;
  for (const id of ids) {
    // Somebody else may have joined the one that the stage has for those who confirm.
    const members = await smoke.ask({ path: `/api/v1/group/${id}/contacts`, answer: z.array(z.unknown()) });
    if (members.length > 0) continue;
    await smoke.ask({ method: 'DELETE', path: `/admin/v1/segments/${id}`, answer: z.unknown() });
    count++;
  }
  return count;
};

const revokeKeys = async (smoke: Smoke): Promise<number> => {
  const { items } = await smoke.ask({
    path: '/admin/v1/keys',
    answer: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), isYours: z.boolean() })) }),
  });
  const own = items.filter(({ name, isYours }) => name === smoke.name && !isYours);
  for (const { id } of own) await smoke.ask({ method: 'DELETE', path: `/admin/v1/keys/${id}`, answer: z.unknown() });
  return own.length;
};
