import { type Line, linesOf, type Month, type Part, parts, totalOf, type Workload } from './month.ts';
import { type Charge, charges, dollarsFor, prices, type Quantities, type Region } from './prices.ts';

/** What each part of a month is called. */
export const namesOfParts: Readonly<Record<Part, string>> = {
  imports: 'imports',
  subscribes: 'subscribers',
  mails: 'e-mails',
  keeping: 'kept',
  idle: 'idle',
};

/** A month's bill as a table: a line for each thing that AWS charges, a column for what it is used for. */
export const monthTable = (month: Month, region: Region): string => {
  const rows = charges.flatMap((charge) => {
    const dollars = parts.map((part) => dollarsFor(charge, month[part][charge] ?? 0, region));
    const used = dollars.some((amount) => amount > 0);
    return used ? [[prices[charge].what, ...dollars.map(amount), money(sum(dollars))]] : [];
  });
  const totals = parts.map((part) => totalOf(linesOf(month[part], region)));
  return tableOf([
    ['dollars a month', ...parts.map((part) => namesOfParts[part]), 'together'],
    ...rows,
    ['**together**', ...totals.map(amount), `**${money(sum(totals))}**`],
  ]);
};

/** Lines of a bill as a table. */
export const linesTable = (lines: readonly Line[]): string =>
  tableOf([
    ['what', 'how much', 'a price of', 'dollars'],
    ...lines.map(({ charge, quantity, dollars }) => [
      prices[charge].what,
      quantityOf(charge, quantity),
      priceOf(charge, dollars, quantity),
      money(dollars),
    ]),
    ['**together**', '', '', `**${money(totalOf(lines))}**`],
  ]);

/** What makes nine tenths of a month's bill, and five lines at least: the largest first, each with its share. */
export const decidingLines = (month: Month, region: Region): string[] => {
  const lines = parts
    .flatMap((part) => linesOf(month[part], region).map((line) => ({ ...line, part })))
    .toSorted((one, other) => other.dollars - one.dollars);
  const total = totalOf(lines);
  const deciding: string[] = [];
  let told = 0;
  for (const { part, charge, quantity, dollars } of lines) {
    if (told >= 0.9 * total && deciding.length >= 5) break;
    told += dollars;
    const share = Math.round((100 * dollars) / total);
    deciding.push(
      `${share} %: ${prices[charge].what} (${namesOfParts[part]}), ${quantityOf(charge, quantity)} for ${money(dollars)} dollars`,
    );
  }
  return deciding;
};

/** What a workload is, in a sentence. */
export const workloadText = ({ contacts, imports, changedPercent, subscribes, mails }: Workload): string =>
  `${count(contacts)} contacts, all of them sent again ${count(imports)} times a month with changes of ${changedPercent} % ` +
  `each time, ${count(subscribes)} new subscribers and ${count(mails)} e-mails`;

/** A total without some charges. */
export const totalWithout = (quantities: Quantities, left: readonly Charge[], region: Region): number =>
  totalOf(linesOf(quantities, region).filter(({ charge }) => !left.includes(charge)));

/** Dollars and cents. */
export const money = (dollars: number): string =>
  dollars.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const amount = (dollars: number): string => (dollars === 0 ? '' : money(dollars));

const count = (value: number): string => value.toLocaleString('en');

const quantityOf = (charge: Charge, quantity: number): string => {
  const { per, unit } = prices[charge];
  const number = (quantity / per).toLocaleString('en', { maximumSignificantDigits: 3 });
  return per === 1 ? number : `${number} ${unit}`;
};

const priceOf = (charge: Charge, dollars: number, quantity: number): string =>
  ((dollars / quantity) * prices[charge].per).toLocaleString('en', { maximumFractionDigits: 5 });

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A table in Markdown whose columns are aligned, so that a terminal shows it as well; numbers are at the right. */
export const tableOf = (rows: readonly (readonly string[])[]): string => {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const isNumber = head.map((_, column) => body.every((row) => /^(\*\*)?[\d.,]*(\*\*)?$/.test(row[column] ?? '')));
  const line = (row: readonly string[]) => {
    const cells = widths.map((width, column) =>
      isNumber[column] ? (row[column] ?? '').padStart(width) : (row[column] ?? '').padEnd(width),
    );
    return `| ${cells.join(' | ')} |`;
  };
  const rule = widths.map((width, column) => (isNumber[column] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(head), `| ${rule.join(' | ')} |`, ...body.map(line)].join('\n');
};
