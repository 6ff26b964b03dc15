import type { Course } from './agenda.ts';
import { pauseSeconds, rounds } from './retry.ts';
import type { World } from './world.ts';

/**
 * Hands one e-mail to Amazon SES, with pauses while it takes no more this second. Whether it was taken: what is over the
 * quota of the day is refused at once, as nothing that a function waits for would change that.
 */
export function* sendMail({ agenda, meters, random, mailsOfSecond, mailsOfDay }: World): Course<boolean> {
  for (let round = 1; round < rounds; round++) {
    if (mailsOfDay.available(agenda.now()) < 1) break;
    if (mailsOfSecond.available(agenda.now()) >= 1) {
      mailsOfDay.take(1, agenda.now());
      mailsOfSecond.takeUpTo(1, agenda.now());
      meters.mails += 1;
      return true;
    }
    meters.refusedMails += 1;
    yield pauseSeconds(round, random);
  }
  meters.refusedMails += 1;
  return false;
}
