import { importFile } from '#test/support/files/upload-flow.ts';
import { importOver } from '#test/support/flow-stack.ts';
import type { TestStack } from '#test/support/local-stack.ts';
import { sized } from '#test/support/soak.ts';
import type { ApiDocument } from './hostile-requests.ts';
import { hostileText, hostileValue, spoiled, toJson } from './hostile-values.ts';
import { sampleOf } from './json-samples.ts';
import type { Luck } from './luck.ts';

/** A kind of list that holds good and bad entries. */
interface MixedList {
  /** Sends the good entry among bad ones; throws unless the list as a whole is taken. */
  send(stack: TestStack, good: string, luck: Luck): Promise<void>;
  isKept(stack: TestStack, good: string): Promise<boolean>;
}

/** After a soak, what others sent is worked on first. */
const deadlineSeconds = sized(30, 300);

const emailOf = (good: string): string => `${good}@example.com`;

/** Every list of the API of which an entry is data, however bad it is. */
export const mixedLists = ({ components: { schemas } }: ApiDocument): Readonly<Record<string, MixedList>> => {
  const amid = (good: unknown, [body, list]: readonly [string, string], luck: Luck): unknown[] => {
    const schema = schemas[body]?.properties?.[list]?.items;
    if (!schema) throw new Error(`docs/openapi.json has no ${list} in ${body}`);
    const bad = () => {
      let entry = sampleOf(schema, schemas, luck);
      for (let times = 1 + luck.below(4); times > 0; times--) entry = spoiled(entry, luck);
      return luck.hits(0.1) ? hostileValue(luck) : entry;
    };
    return [bad(), bad(), bad(), good, bad(), bad(), bad()];
  };
  return {
    'contacts of a bulk request': {
      send: async (stack, good, luck) => {
        const contact = { channels: [{ type: 'email', value: emailOf(good) }], firstName: 'Ann' };
        const answer = await posted(stack, '/api/v1/contacts', {
          contacts: amid(contact, ['AddContacts', 'contacts'], luck),
        });
        await importOver(stack, (answer as { readonly asyncSessionId: string }).asyncSessionId, deadlineSeconds);
      },
      isKept: isContact,
    },
    orders: {
      send: async (stack, good, luck) => {
        const date = '2026-01-05T10:11:00Z';
        const order = { externalOrderId: good, status: 'DELIVERED', date, totalCost: 1, email: emailOf(good) };
        await posted(stack, '/api/v1/orders', { orders: amid(order, ['Orders', 'orders'], luck) });
      },
      isKept: async (stack, good) => {
        const { json } = await stack.request('GET', `/admin/v1/orders?externalOrderId=${good}`);
        return (json as { readonly items: readonly unknown[] }).items.length === 1;
      },
    },
    'recipients of a message': {
      send: async (stack, good, luck) => {
        const message = { subject: 'Hello', plainText: 'Hello', from: 'Shop <owner@example.com>' };
        await posted(stack, '/api/v1/message/email', {
          ...message,
          emails: [hostileValue(luck), hostileText(luck), emailOf(good), hostileValue(luck)],
        });
      },
      isKept: isContact,
    },
    'recipients of a stored message': {
      send: async (stack, good, luck) => {
        const template = { name: good, channel: 'email', subject: 'Hello ${name}', text: 'Hello ${name}' };
        const { id } = (await posted(stack, '/admin/v1/messages', template)) as { readonly id: number };
        const recipient = { locator: emailOf(good), jsonParam: '{"name":"Ann"}' };
        const recipients = amid(recipient, ['SmartSend', 'recipients'], luck).concat({ jsonParam: hostileValue(luck) });
        await posted(stack, `/api/v1/message/${id}/smartsend`, { recipients, email: true });
      },
      isKept: isContact,
    },
    'rows of a file': {
      send: async (stack, good, luck) => {
        const columns = ['email', 'sms', 'firstName', 'externalCustomerId', 'town', 'languageCode', 'timeZone', 'id'];
        const bad = () => columns.map(() => cellOf(luck)).join(',');
        const row = columns.map((name) => (name === 'email' ? emailOf(good) : '')).join(',');
        const lines = [...Array.from({ length: 40 }, bad), row, ...Array.from({ length: 40 }, bad)];
        await importOver(
          stack,
          await importFile(stack, `${columns.join(',')}\n${lines.join('\n')}\n`),
          deadlineSeconds,
        );
      },
      isKept: isContact,
    },
  };
};

const posted = async (stack: TestStack, path: string, body: unknown): Promise<unknown> => {
  const text = toJson(body);
  const answer = await stack.request('POST', path, { body: text });
  if (answer.status !== 200) throw new Error(`${text.slice(0, 2000)} -> ${answer.status} ${answer.text}`);
  return answer.json;
};

const isContact = async (stack: TestStack, good: string): Promise<boolean> => {
  const { json } = await stack.request('GET', `/api/v1/contacts?email=${emailOf(good)}`);
  return (json as readonly unknown[]).length === 1;
};

/** A text as a cell in quotes; an open quote may cost the row after it, which is another test's matter. */
const cellOf = (luck: Luck): string => `"${hostileText(luck).slice(0, 3000).replaceAll('"', '""')}"`;
