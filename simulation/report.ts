import { duration } from './course-chart.ts';
import { latenessOf, type Raised, type Setup } from './raise-quotas.ts';
import type { Answer, Question } from './simulate-stage.ts';

/** What was asked of whom, in a line. */
export const headingOf = (question: Question, { settings, region }: Setup): string =>
  `${questionText(question)}, stage ${settings.stage} in ${region}`;

/** A question as a person asks it. */
export const questionText = (question: Question): string => {
  if (question.kind === 'import')
    return `${count(question.rows)} ${question.areNew ? 'new' : 'unchanged'} contacts imported`;
  if (question.kind === 'message') return `a message to ${count(question.members)} contacts`;
  return `${count(question.perSecond)} subscribes a second for ${duration(question.seconds)}`;
};

/** What came of it, in lines for a person. */
export const report = (heading: string, answer: Answer, raised: readonly Raised[]): string[] => {
  const { meters, unit, total, seconds, secondsInAll, givenUp } = answer;
  const lost = Object.entries(givenUp).filter(([, messages]) => messages > 0);
  return [
    heading,
    '',
    `${count(meters.done)} of ${count(total)} ${unit} in ${duration(seconds)}, ${count(meters.done / seconds)} a second`,
    `everything that came of it was over after ${duration(secondsInAll)}`,
    `write units ${count(meters.writeUnits)}, refused and asked for again ${count(meters.refusedWrites)}`,
    `refused for the moment: requests to the bus ${count(meters.refusedEvents)}, invocations ${count(meters.refusedInvocations)}, e-mails ${count(meters.refusedMails)}`,
    `runs that failed and came again ${count(meters.failedRuns)}, cold starts ${count(meters.coldStarts)}`,
    ...lost.map(([queue, messages]) => `given up in the queue ${queue}: ${count(messages)} messages`),
    ...longestWaits(answer),
    ...(raised.length > 0 ? ['', ...gains(answer, raised)] : []),
  ];
};

const longestWaits = ({ moments }: Answer): string[] =>
  Object.keys(moments[0]?.ages ?? {}).map((queue) => {
    const longest = Math.max(...moments.map(({ ages }) => ages[queue] ?? 0));
    return `longest wait in the queue ${queue}: ${duration(longest)}`;
  });

/** What each raise would bring, the best first, and which one binds. */
export const gains = (answer: Answer, raised: readonly Raised[]): string[] => {
  const sorted = raised.toSorted((one, other) => latenessOf(one.answer) - latenessOf(other.answer));
  const lines = sorted.map(({ what, answer: other }) => `  ${what}: ${outcome(other)}`);
  const [best] = sorted;
  const isGain = best !== undefined && latenessOf(best.answer) < 0.95 * latenessOf(answer);
  return [isGain ? `What binds: ${best.what}` : 'None of these binds:', ...lines];
};

const outcome = ({ meters, total, seconds, secondsInAll, unit }: Answer): string =>
  meters.done < total
    ? `${count(meters.done)} of ${count(total)} ${unit} in ${duration(seconds)}`
    : `${duration(seconds)}, all over after ${duration(secondsInAll)}`;

const count = (value: number): string => Math.round(value).toLocaleString('en-US');
