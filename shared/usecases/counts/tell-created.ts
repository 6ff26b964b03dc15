import type { Contact } from '#domain/contacts/contact.ts';
import { type CreatedContacts, dayOf } from '#domain/counts/count-job.ts';
import type { CountQueue } from '#domain/counts/ports.ts';

export interface TellPorts {
  readonly countQueue: CountQueue;
}

/** Has contacts counted that were created; telling it again is harmless. */
export const tellCreated = async ({ countQueue }: TellPorts, created: readonly Contact[]): Promise<void> => {
  if (created.length === 0) return;
  const alike = Map.groupBy(created, ({ source, createdAt }) => `${source} ${dayOf(createdAt)}`).values();
  await countQueue.send([{ created: [...alike].flatMap(groupOf) }]);
};

const groupOf = (contacts: readonly Contact[]): CreatedContacts[] => {
  const [first] = contacts;
  if (!first) return [];
  return [{ source: first.source, day: dayOf(first.createdAt), ids: contacts.map(({ id }) => id) }];
};
