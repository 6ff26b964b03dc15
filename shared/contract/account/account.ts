import * as z from 'zod/mini';

/** Contract 4.15. */
export const versionResponse = z
  .object({ version: z.string(), protocolVersion: z.string() })
  .check(z.meta({ id: 'Version', examples: [{ version: '0.1.0', protocolVersion: '1.0' }] }));

/** The version of the wire contract. */
export const protocolVersion = '1.0';

/** Contract 4.15. */
export const accountInfoResponse = z
  .object({ orgId: z.int(), userEmail: z.string(), organisationName: z.string() })
  .check(
    z.meta({
      id: 'AccountInfo',
      examples: [{ orgId: 1, userEmail: 'owner@example.com', organisationName: 'Rollcall' }],
    }),
  );

/** Contract 4.15; nothing is paid for here, so the amounts are zero. */
export const balanceResponse = z
  .object({
    currentBalance: z.number(),
    creditLimit: z.number(),
    currency: z.string(),
    bonusEmails: z.int(),
    bonusSmses: z.int(),
  })
  .check(
    z.meta({
      id: 'Balance',
      examples: [{ currentBalance: 0, creditLimit: 0, currency: 'UAH', bonusEmails: 0, bonusSmses: 0 }],
    }),
  );

/** The balance of an account that is not charged. */
export const balanceBody = (currency: string): z.output<typeof balanceResponse> => ({
  currentBalance: 0,
  creditLimit: 0,
  currency,
  bonusEmails: 0,
  bonusSmses: 0,
});
