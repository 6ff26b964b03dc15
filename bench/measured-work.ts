import type { MeasuredWork } from '../cli/cost/measured-work.ts';
import { noUse, sumOfUses, type Use } from '../cli/cost/use.ts';
import type { BenchStack } from './bench-stack.ts';
import { bulkRequest, segmentName } from './bulk-request.ts';
import { storedBytes } from './stored-bytes.ts';
import type { Work } from './work-meter.ts';

/** What was measured before, and how to measure more. */
export interface Measuring {
  readonly imported: { readonly created: Work; readonly unchanged: Work };
  readonly contacts: number;
  readonly subscribers: number;
  costOf(send: () => Promise<void>): Promise<Work>;
}

/** Changes contacts, lets others subscribe and sends a message to all, on a stack into which contacts were imported twice. */
export const measuredWork = async (
  stack: BenchStack,
  { imported, contacts, subscribers, costOf }: Measuring,
): Promise<MeasuredWork> => {
  const afterImport = await storedBytes(stack);
  const changed = await costOf(async () => {
    const { sessionId } = await stack.send(bulkRequest(0, contacts).replaceAll('"town":"Kyiv"', '"town":"Lviv"'));
    await stack.untilFinished(sessionId);
  });
  const subscribed = await costOf(() => subscribe(stack, subscribers));
  const beforeMessages = await storedBytes(stack);
  const segments = (await stack.ask('/api/v1/groups')) as { id: number; name: string }[];
  const groupId = segments.find(({ name }) => name === segmentName)?.id;
  const { id } = (await stack.ask('/api/v1/messages/email', message)) as { id: number };
  const sent = await costOf(async () => {
    await stack.ask(`/api/v1/message/${id}/send`, { groupId, allowUnconfirmed: true });
  });
  const { bookkeeping } = await storedBytes(stack);

  const { contact, claim, membership, event, 'event pointer': pointer } = afterImport;
  const { writes } = imported.created.table;
  // The stack has one contact more, which was imported before.
  const known = contacts + 1;
  return {
    measuredOn: new Date().toISOString().slice(0, 10),
    each: {
      newContact: shareOf(imported.created, contacts),
      unchangedContact: shareOf(imported.unchanged, contacts),
      changedContact: shareOf(changed, contacts),
      subscriber: shareOf(subscribed, subscribers),
      message: shareOf(sent, sent.use.mails),
    },
    writesOfEvent: rounded((writes.event.units + writes['event pointer'].units) / imported.created.use.events),
    storedBytes: {
      contact: rounded((contact + claim + membership) / known),
      event: rounded((event + pointer) / known),
      message: rounded((bookkeeping - beforeMessages.bookkeeping) / sent.use.mails),
    },
  };
};

const message = {
  name: 'News',
  from: 'owner@example.com',
  subject: 'News of this week',
  htmlText: `<p>${'This is what is new in our shop this week. '.repeat(20)}</p>`,
};

const subscribe = async (stack: BenchStack, count: number): Promise<void> => {
  for (let number = 0; number < count; number++) {
    await stack.ask('/api/v1/contact/subscribe', {
      contact: {
        firstName: 'Ann',
        channels: [
          { type: 'email', value: `subscriber.${number}@shop.example.com` },
          { type: 'sms', value: String(380_670_000_000 + number) },
        ],
      },
      groups: ['Newsletter'],
    });
  }
};

const shareOf = ({ use }: Work, count: number): Use => {
  const share = sumOfUses([[use, 1 / count]]);
  return Object.fromEntries(
    Object.keys(noUse).map((name) => [name, rounded(share[name as keyof Use])]),
  ) as unknown as Use;
};

/** Four digits are more than any measurement has. */
const rounded = (value: number): number => Number(value.toPrecision(4));
