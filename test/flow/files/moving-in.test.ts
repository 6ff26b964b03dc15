import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportTable } from '#test/fixtures/exports/export-table.ts';
import { exportOf } from '#test/support/files/moved-in.ts';
import { importFile } from '#test/support/files/upload-flow.ts';
import { importOver, startFlowStack } from '#test/support/flow-stack.ts';
import type { TestStack } from '#test/support/local-stack.ts';
import { fared, send, storeMessage } from '#test/support/messages/message-flow.ts';
import { mailbox } from '#test/support/subscriptions/confirmation-flow.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await startFlowStack();
});
afterAll(() => stack.stop());

const groupNames = ['Moved in'];

/** Who is in the exports, by how they stand there: `lineOf` says how such a line is read. */
const people = Object.values(exportTable)
  .flatMap(({ rows }) => rows)
  .filter((line) => !line.startsWith('failed'))
  .map((line) => line.split(' | '))
  .map(([email = '', sms = '', , , , mailState, smsState]) => ({ email, sms, mailState, smsState }));

const groupIdOf = async (name: string): Promise<number | undefined> => {
  const { json } = await stack.request('GET', `/api/v1/groups?name=${encodeURIComponent(name)}`);
  return (json as { id: number }[])[0]?.id;
};

describe('the exports of every program, moved in and written to', () => {
  it('reach those who may be written to and nobody who said no', async () => {
    await Promise.all(
      Object.keys(exportTable).map(async (name) => {
        const { status, description } = await importOver(
          stack,
          await importFile(stack, exportOf(name), { groupNames }),
        );
        if (status !== 'FINISHED') expect(description).toContain('importAs');
      }),
    );
    const groupId = await groupIdOf('Moved in');
    const mail = await storeMessage(stack, { name: 'Sale', channel: 'email', subject: 'Sale', text: 'Hello' });
    const text = await storeMessage(stack, { name: 'Sale', channel: 'sms', text: 'Hello' });

    const results = [
      ...(await send(stack, `${mail}/send`, { groupId, email: true })),
      ...(await send(stack, `${text}/send`, { groupId, email: false })),
    ];
    await fared(stack, results, ['SENT']);

    const got = new Set((await mailbox(stack)).map(({ to }) => to));
    const refusedMail = people.filter(({ mailState }) => mailState !== 'open').map(({ email }) => email);
    const refusedText = people.filter(({ smsState }) => smsState !== 'open').map(({ sms }) => `+${sms}`);
    const open = people.filter(({ email, mailState }) => email.includes('@') && mailState === 'open');
    expect(refusedMail.filter((address) => got.has(address))).toEqual([]);
    expect(refusedText.filter((number) => got.has(number))).toEqual([]);
    expect(open.filter(({ email }) => !got.has(email)).map(({ email }) => email)).toEqual([]);
    expect(got.size).toBeGreaterThan(open.length);
  }, 120_000);
});
