import { cleanUp, segmentsNamed } from './clean-up.ts';
import { type Check, runChecks, verdictOf } from './run-checks.ts';
import type { Smoke } from './smoke.ts';
import { tryKeys, trySlashes } from './try-access.ts';
import { tryErasure } from './try-erasure.ts';
import { tryBulk, tryEvents, tryUpload } from './try-imports.ts';
import { tryMessage } from './try-messages.ts';
import { type FindLink, mailSettings, trySubscription } from './try-subscription.ts';
import { tryWorkflow } from './try-workflow.ts';

/** What a run needs beside its requests. */
export interface SmokeCourse {
  readonly findLink: FindLink;
  readonly tell: (line: string) => void;
  /** Ends the run after the check that is at work; it is cleaned up all the same. */
  readonly signal: AbortSignal;
}

const checksWith = (findLink: FindLink): Check[] => [
  { name: 'key', says: 'without a key there is a 401; a new key does what its scope says', run: tryKeys },
  { name: 'slashes', says: 'a path answers the same with slashes at its end', run: trySlashes },
  { name: 'bulk', says: 'contacts of one request are imported, into a segment', run: tryBulk },
  { name: 'events', says: 'the event of a new contact comes over the bus into the log', run: tryEvents },
  { name: 'upload', says: 'a file is sent to the bucket and imported', run: tryUpload },
  {
    name: 'subscription',
    says: 'somebody subscribes, opens the link and confirms',
    run: trySubscription(findLink),
  },
  { name: 'message', says: 'an e-mail is delivered, and its status says so', run: tryMessage },
  { name: 'workflow', says: 'an event launches a workflow, which runs to its end', run: tryWorkflow },
  { name: 'erasure', says: 'an erased contact is gone, and from the log, too', run: tryErasure },
];

/** Tries everything, removes what was made even if something broke, and returns whether all is well. */
export const trySmoke = async (smoke: Smoke, { findLink, tell, signal }: SmokeCourse): Promise<boolean> => {
  tell(`Trying ${smoke.url}; whatever this makes has ${smoke.name} in its name`);
  const ownSegments = await newSegments(smoke);
  const tally = await runChecks(smoke, checksWith(findLink), { tell, signal });
  const isClean = await cleanUp(smoke, ownSegments).then(
    (removed) => {
      tell(`cleaned  ${removed}`);
      return true;
    },
    (error: Error) => {
      tell(`left     ${error.message}`);
      return false;
    },
  );
  tell(verdictOf(tally, isClean));
  return tally.differing.length === 0 && isClean;
};

/** The segment of those who confirm, if this run will be the first to make it. */
const newSegments = async (smoke: Smoke): Promise<string[]> => {
  try {
    const { confirmedSegment } = await mailSettings(smoke);
    const isNew = confirmedSegment !== '' && (await segmentsNamed(smoke, confirmedSegment)).length === 0;
    return isNew ? [confirmedSegment] : [];
  } catch {
    // The checks say what is wrong.
    return [];
  }
};
