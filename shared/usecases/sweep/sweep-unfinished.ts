import type { UnfinishedNotes, UnfinishedWork, WorkNote } from '#domain/unfinished.ts';
import type { Looked, Outcome } from './looked.ts';
import { type ResumeErasurePorts, resumeErasure } from './resume-erasure.ts';
import { type ResumeMessagesPorts, resumeMessages, resumeSending } from './resume-messages.ts';
import { type ResumeOrdersPorts, resumeOrders } from './resume-orders.ts';
import { type ResumeRunPorts, resumeRun } from './resume-run.ts';

export interface SweepUnfinishedPorts
  extends ResumeErasurePorts,
    ResumeMessagesPorts,
    ResumeOrdersPorts,
    ResumeRunPorts {
  readonly unfinished: UnfinishedNotes;
  /** Whether another note fits into the time that is left. */
  readonly hasTime: () => boolean;
}

/**
 * Looks at the work whose notes are due: a function that noted it crashed before it was over, or it takes long. What such
 * a crash left is done: messages are queued, events of orders published, traces of erased contacts wiped, runs continued.
 * A note that cannot be looked at stops no other. How many came to what.
 * @throws Error the first that a note came to, once all were looked at.
 */
export const sweepUnfinished = async (ports: SweepUnfinishedPorts): Promise<Record<Outcome, number>> => {
  const counts = { over: 0, resumed: 0, ended: 0, waits: 0 };
  const errors: unknown[] = [];
  const seen = new Set<string>();
  for (;;) {
    const due = await ports.unfinished.due(ports.now());
    const unseen = due.filter((note) => !seen.has(nameOf(note)));
    for (const note of unseen) {
      seen.add(nameOf(note));
      try {
        counts[await lookAt(ports, note)] += 1;
      } catch (error) {
        errors.push(error);
      }
      if (!ports.hasTime()) break;
    }
    if (unseen.length === 0 || !ports.hasTime()) break;
  }
  if (errors.length > 0) throw errors[0];
  return counts;
};

const nameOf = ({ id, dueAt, work }: WorkNote): string => `${dueAt} ${work.kind} ${id}`;

const lookAt = async (ports: SweepUnfinishedPorts, note: WorkNote): Promise<Outcome> => {
  const { outcome, next } = await resume(ports, note, note.work);
  if (next) await ports.unfinished.note(next);
  await ports.unfinished.forget(note);
  return outcome;
};

const resume = (ports: SweepUnfinishedPorts, note: WorkNote, work: UnfinishedWork): Promise<Looked> => {
  switch (work.kind) {
    case 'orders':
      return resumeOrders(ports, work.externalOrderIds);
    case 'messages':
      return resumeMessages(ports, work.requestIds);
    case 'sending':
      return resumeSending(ports, work.requestId);
    case 'erasure':
      return resumeErasure(ports, work.erasure, note.rounds);
    case 'run':
      return resumeRun(ports, work.runId, note.rounds);
  }
};
