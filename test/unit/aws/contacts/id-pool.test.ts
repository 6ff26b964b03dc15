import { describe, expect, it } from 'vitest';
import { withIdPool } from '#aws/contacts/id-pool.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

const watched = () => {
  const steps: string[] = [];
  const { contacts } = memoryPorts({ step: async (name) => void steps.push(name) });
  return { contacts: withIdPool(contacts), steps };
};
const email = { type: 'EMAIL', value: 'john@example.com' } as const;

describe('contacts with a pool of ids', () => {
  it('lease beside the first reading, and hand out without asking after it', async () => {
    const { contacts, steps } = watched();

    await contacts.readClaims([email]);
    await contacts.readClaims([email]);
    const ids = [...(await contacts.leaseIds(1)), ...(await contacts.leaseIds(2))];

    expect(steps.filter((step) => step === 'leaseIds')).toHaveLength(1);
    expect(ids).toEqual([1, 2, 3]);
  });

  it('never hand an id out twice, whoever asks at once', async () => {
    const { contacts } = watched();

    const leased = await Promise.all([1, 7, 30, 1, 25].map((count) => contacts.leaseIds(count)));

    expect(leased.map(({ length }) => length)).toEqual([1, 7, 30, 1, 25]);
    expect(new Set(leased.flat()).size).toBe(64);
  });
});
