import type { Ambient } from '#domain/ambient.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { Erasure } from '#domain/erasure/erasure.ts';
import type { ErasureQueue } from '#domain/erasure/ports.ts';
import type { Backlog } from '#domain/sweep.ts';
import { noteOfErasure } from '#domain/unfinished.ts';
import type { Looked } from './looked.ts';

export interface ResumeErasurePorts extends Pick<Ambient, 'now'> {
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly erasureQueue: ErasureQueue;
  readonly erasureBacklog: Backlog;
}

/**
 * Has the traces of an erased contact wiped from the beginning, as an hour after they were promised nobody has said that
 * they are; while the queue of erasures is busy, this one may only be waiting for its turn. Repeating it is harmless.
 */
export const resumeErasure = async (ports: ResumeErasurePorts, erasure: Erasure, rounds: number): Promise<Looked> => {
  const [contact] = (await ports.contacts.readContacts([erasure.contactId], [])).contacts;
  if (contact?.state !== 'erased') return { outcome: 'over' };
  const again = { ...erasure, promisedAt: ports.now() };
  if (await ports.erasureBacklog.hasMessages()) return { outcome: 'waits', next: noteOfErasure(again, rounds) };
  await ports.erasureQueue.send([{ erasures: [again] }]);
  return { outcome: 'resumed', next: noteOfErasure(again, rounds + 1) };
};
