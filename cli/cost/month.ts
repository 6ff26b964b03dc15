import type { MeasuredWork } from './measured-work.ts';
import { type Charge, charges, dollarsFor, type Quantities, type Region } from './prices.ts';
import { sumOfUses, type Use } from './use.ts';

/** What a stage does in a month. */
export interface Workload {
  /** Contacts that the stage has. */
  readonly contacts: number;
  /** How often all of them are sent again. */
  readonly imports: number;
  /** How many of a hundred have changed each time. */
  readonly changedPercent: number;
  /** New subscribers of forms. */
  readonly subscribes: number;
  /** E-mails to members of segments. */
  readonly mails: number;
}

/** How long a stage keeps what passes, in days. */
export interface Retention {
  readonly eventRetentionDays: number;
  readonly messageRetentionDays: number;
  readonly importRetentionDays: number;
  readonly logRetentionDays: number;
}

/** What a stage costs for. */
export const parts = ['imports', 'subscribes', 'mails', 'keeping', 'idle'] as const;

export type Part = (typeof parts)[number];

/** What is used in a month, by what it is used for. */
export type Month = Readonly<Record<Part, Quantities>>;

/** What is used for a month's work, what is kept of it, and what is charged even if there is none. */
export const monthOf = (
  workload: Workload,
  { each, storedBytes }: MeasuredWork,
  { retention, idle }: { readonly retention: Retention; readonly idle: Quantities },
): Month => {
  const { contacts, imports, changedPercent, subscribes, mails } = workload;
  const rows = contacts * imports;
  const changed = (rows * changedPercent) / 100;
  const again = sumOfUses([
    [each.unchangedContact, rows - changed],
    [each.changedContact, changed],
  ]);
  const [subscribed, sent] = [sumOfUses([[each.subscriber, subscribes]]), sumOfUses([[each.message, mails]])];
  const all = sumOfUses([again, subscribed, sent].map((use) => [use, 1]));
  const months = (days: number) => days / daysOfMonth;
  const tableBytes =
    (contacts + subscribes) * storedBytes.contact +
    subscribes * storedBytes.event * months(retention.eventRetentionDays) +
    mails * storedBytes.message * months(retention.messageRetentionDays);
  return {
    imports: quantitiesOf(again),
    subscribes: quantitiesOf(subscribed),
    mails: quantitiesOf(sent),
    keeping: {
      tableStorage: tableBytes,
      recovery: tableBytes,
      objectStorage: all.objectBytes * months(retention.importRetentionDays),
      logStorage: all.logBytes * months(retention.logRetentionDays),
    },
    idle,
  };
};

const daysOfMonth = 30;
const secondsOfMonth = daysOfMonth * 24 * 3600;

/** What AWS charges of a use. */
export const quantitiesOf = ({ objectBytes: _, ...use }: Use): Quantities => ({
  ...use,
  // X-Ray records the first request of each second and 5 % of the others; requests may come one a second.
  // https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html
  traces: Math.min(use.apiRequests, secondsOfMonth) + 0.05 * Math.max(0, use.apiRequests - secondsOfMonth),
});

/** What so many new contacts use when they are imported, each with its event. */
export const firstImport = ({ each }: MeasuredWork, contacts: number): Quantities =>
  quantitiesOf(sumOfUses([[each.newContact, contacts]]));

/** One line of a bill. */
export interface Line {
  readonly charge: Charge;
  readonly quantity: number;
  readonly dollars: number;
}

/** What is charged, without what is not used. */
export const linesOf = (quantities: Quantities, region: Region): Line[] =>
  charges.flatMap((charge) => {
    const quantity = quantities[charge] ?? 0;
    return quantity === 0 ? [] : [{ charge, quantity, dollars: dollarsFor(charge, quantity, region) }];
  });

/** Dollars of lines together. */
export const totalOf = (lines: readonly Line[]): number => lines.reduce((sum, { dollars }) => sum + dollars, 0);
