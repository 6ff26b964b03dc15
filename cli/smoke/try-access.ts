import * as z from 'zod';
import { Difference, type Smoke } from './smoke.ts';

const version = z.object({ version: z.string() });
const refusal = (status: number) => z.object({ status: z.literal(status), message: z.string() });

/** No key, an unknown one, and a new one that reads and changes nothing. */
export const tryKeys = async (smoke: Smoke): Promise<void> => {
  const path = '/admin/v1/contacts?limit=1';
  await smoke.ask({ path, key: '', status: 401, answer: refusal(401) });
  await smoke.ask({ path, key: `${smoke.name}-that-nobody-made`, status: 401, answer: refusal(401) });
  const { key } = await smoke.ask({
    method: 'POST',
    path: '/admin/v1/keys',
    body: { name: smoke.name, scope: 'viewer' },
    answer: z.object({ key: z.string() }),
  });
  await smoke.until({ path: '/admin/v1/own-key', key, answer: z.object({ name: z.literal(smoke.name) }) });
  await smoke.ask({ path, key, answer: z.object({ items: z.array(z.unknown()) }) });
  const body = { channels: [{ type: 'email', value: smoke.addressOf('refused') }] };
  await smoke.ask({ method: 'POST', path: '/api/v1/contact', key, body, status: 403, answer: refusal(403) });
};

/** The same path with and without slashes at its end. */
export const trySlashes = async (smoke: Smoke): Promise<void> => {
  const paths = ['/api/v1/version', '/api/v1/version/', '/api/v1/version//'];
  const answers = await Promise.all(paths.map((path) => smoke.ask({ path, answer: version })));
  const other = answers.findIndex((answer) => answer.version !== answers[0]?.version);
  if (other > 0) throw new Difference(`GET ${paths[other]} answered another version than ${paths[0]}`);
  await smoke.ask({ path: '/api/v1/version/', key: '', status: 401, answer: refusal(401) });
  await smoke.ask({ path: '/api/v1/nothing-here/', status: 404, answer: refusal(404) });
};
