import { environmentNames } from '#names/environment.ts';

/** What the stack's settings say about the account; each is read from the environment when it is asked for. */
export const settings = {
  /** ISO 3166-1 alpha-2. */
  defaultCountry: (): string => variable(environmentNames.defaultCountry, 'UA'),
  organisationId: (): number => Number(variable(environmentNames.organisationId, '1')),
  organisationName: (): string => variable(environmentNames.organisationName, 'Rollcall'),
  accountEmail: (): string => variable(environmentNames.accountEmail, 'owner@example.com'),
  /** ISO 4217. */
  currency: (): string => variable(environmentNames.currency, 'UAH'),
};

const variable = (name: string, byDefault: string): string => process.env[name] || byDefault;
