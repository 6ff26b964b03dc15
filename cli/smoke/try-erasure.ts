import * as z from 'zod';
import type { Smoke } from './smoke.ts';
import { eventTypeOf } from './try-imports.ts';

/** The contact of the bulk request is erased: at once by its id, and a little later from the log of events. */
export const tryErasure = async (smoke: Smoke): Promise<void> => {
  const [{ id }] = await smoke.ask({
    path: `/api/v1/contacts?externalCustomerId=${smoke.name}-bulk`,
    answer: z.tuple([z.object({ id: z.int() })]),
  });
  await smoke.ask({
    method: 'DELETE',
    path: `/api/v1/contact/${id}?erase=true`,
    answer: z.literal(`Contact with id='${id}' has been deleted`),
  });
  await smoke.ask({ path: `/api/v1/contact/${id}`, status: 404, answer: z.object({ status: z.literal(404) }) });
  await smoke.until({
    path: `/admin/v1/events?type=${eventTypeOf(smoke)}`,
    answer: z.object({ items: z.array(z.unknown()).max(0, 'has the event of an erased contact') }),
  });
};
