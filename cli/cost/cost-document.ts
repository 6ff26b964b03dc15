import type { Template } from '#infra/local/template/template.ts';
import { decidingLines, linesTable, money, monthTable, namesOfParts, tableOf, workloadText } from './cost-report.ts';
import { idleQuantities, pollsPerQueue, watchedQueues } from './idle-quantities.ts';
import { measuredWork } from './measured-work.ts';
import { firstImport, linesOf, type Month, monthOf, parts, type Retention, totalOf } from './month.ts';
import { charges, prices, type Region, regions } from './prices.ts';
import { noUse, type Use } from './use.ts';

/** The month that the document shows. */
const workload = { contacts: 1_000_000, imports: 12, changedPercent: 5, subscribes: 100_000, mails: 2_000_000 };

/** What was promised, in dollars of us-east-1. */
const aims = { importedMillion: 6, idle: 3 };

/** `docs/cost.md`: what a stage of such a template and such settings costs. */
export const costDocument = (template: Template, retention: Retention): string => {
  const idle = idleQuantities(template);
  const month = monthOf(workload, measuredWork, { retention, idle });
  return [introduction, ofMonth(month), ofImport(), ofIdleness(template), measured(), listed()].join('\n');
};

const introduction = `# What a stage costs

Forecast your own month; it needs no AWS account:

\`\`\`sh
npm run cost -- --contacts 1000000 --imports 12 --subscribes 100000 --mails 2000000 --region eu-central-1
\`\`\`

It multiplies three things, and this page is made by the same code:

- **what work uses**: write units, requests, milliseconds and bytes, counted on the local stack by \`npm run bench -- --keep\` on
  ${measuredWork.measuredOn}, with the functions that deploy ([numbers](#what-work-uses)). Write units, requests and bytes are the same on AWS.
  The time that functions run is that of the machine that measured;
- **what is deployed**: queues, alarms and dashboards of the synthesized template of the stage \`prod\`, and how long its settings keep
  events, messages, imports and logs;
- **the list prices of Amazon** without free tiers, discounts and taxes ([list](#the-prices)).

Not in it: workflows (AWS Step Functions charges each step), SMS, orders and events of callers, reading by the API, traffic to the internet,
a domain, a firewall and a key of AWS KMS.
`;

const ofMonth = (month: Month) => `## A month

A stage of ${workloadText(workload)}, in us-east-1:

${monthTable(month, 'us-east-1')}

The columns: ${parts.map((part) => `*${namesOfParts[part]}* ${whatPartsAre[part]}`).join('; ')}.

The same month costs ${regions
  .slice(1)
  .map((region) => `${money(totalOfMonth(month, region))} dollars in ${region}`)
  .join(' and ')}.

What decides it:

${decidingLines(month, 'us-east-1')
  .map((line) => `- ${line}`)
  .join('\n')}
`;

const whatPartsAre = {
  imports: 'are rows that are sent again',
  subscribes: 'are forms that were sent, with the message that asks to confirm',
  mails: 'go to members of segments',
  keeping: 'is what lies in the table, the bucket and the logs',
  idle: 'is charged even if nobody calls',
};

const totalOfMonth = (month: Month, region: Region) =>
  parts.reduce((sum, part) => sum + totalOf(linesOf(month[part], region)), 0);

const ofImport = () => {
  const imported = firstImport(measuredWork, 1_000_000);
  const total = totalOf(linesOf(imported, 'us-east-1'));
  const { newContact } = measuredWork.each;
  const queues = totalOf(linesOf({ queueRequests: imported.queueRequests ?? 0 }, 'us-east-1'));
  const events = totalOf(linesOf({ events: imported.events ?? 0 }, 'us-east-1'));
  return `## A million new contacts

Each has an e-mail address, a phone number and a segment, and an event that tells of it. Importing them costs once, in us-east-1:

${linesTable(linesOf(imported, 'us-east-1'))}

${
  total <= aims.importedMillion
    ? `That keeps the aim of ${money(aims.importedMillion)} dollars.`
    : `The aim is ${money(aims.importedMillion)} dollars. In the way stand ${newContact.tableWrites.toLocaleString('en')} write units a contact, of which the event in the log
takes ${measuredWork.writesOfEvent}; the event itself (${money(events)}), which each new contact has; and its way through two queues, to the event log and
to workflows (${money(queues)}). With ${unitsToAim(total).toLocaleString('en', { maximumFractionDigits: 1 })} write units a contact, or without an event, the aim would be kept.`
}
A contact that is sent again and did not change writes nothing of itself.
`;
};

const unitsToAim = (total: number) =>
  measuredWork.each.newContact.tableWrites - (total - aims.importedMillion) / prices.tableWrites.dollars['us-east-1'];

const ofIdleness = (template: Template) => {
  const idle = idleQuantities(template);
  const polls = totalOf(linesOf({ polls: idle.polls ?? 0 }, 'us-east-1'));
  const queues = watchedQueues(template);
  const perQueue = totalOf(linesOf({ polls: pollsPerQueue }, 'us-east-1'));
  return `## While nobody calls

There is no server, no provisioned capacity and no network address translation. In us-east-1, a month:

${linesTable(linesOf(idle, 'us-east-1'))}

Without the alarms and the dashboard, of which an account has ten and three free, that is ${money(polls)} dollars. ${
    polls <= aims.idle
      ? `That keeps the aim of ${money(aims.idle)}.`
      : `The aim is ${money(aims.idle)}. In the way stand
${queues} queues that functions take messages from: AWS Lambda asks each of them up to ${pollsPerQueue.toLocaleString('en')} times a month, which is
${money(perQueue)} dollars a queue. ${Math.floor(aims.idle / perQueue)} queues would keep the aim. A million requests a month are free in an account, which is ${money(0.4)} dollars.`
  }

The setting \`dashboard\` leaves the dashboard out.
`;
};

const measured = () => {
  const works = Object.entries(measuredWork.each);
  const rows = (Object.keys(noUse) as (keyof Use)[]).map((name) => [
    namesOfUse[name],
    ...works.map(([, use]) => (use[name] === 0 ? '' : use[name].toLocaleString('en', { maximumSignificantDigits: 4 }))),
  ]);
  const { contact, event, message } = measuredWork.storedBytes;
  return `## What work uses

Measured on ${measuredWork.measuredOn}. A message to a segment counts as one for each e-mail.

${tableOf([['each', ...works.map(([name]) => namesOfWork[name as keyof typeof namesOfWork])], ...rows])}

A contact takes ${Math.round(contact).toLocaleString('en')} bytes of the table, an event ${Math.round(event).toLocaleString('en')} and a message ${Math.round(message).toLocaleString('en')}, with their entries in indexes.
`;
};

const namesOfWork = {
  newContact: 'new contact',
  unchangedContact: 'unchanged contact',
  changedContact: 'changed contact',
  subscriber: 'subscriber',
  message: 'e-mail',
};

const namesOfUse: Readonly<Record<keyof Use, string>> = {
  tableWrites: 'write units',
  tableReads: 'read units',
  events: 'events',
  queueRequests: 'requests to queues',
  objectWrites: 'writing requests to the bucket',
  objectReads: 'reading requests to the bucket',
  objectBytes: 'bytes in the bucket',
  apiRequests: 'requests to the API',
  invocations: 'calls of functions',
  gigabyteSeconds: 'GB-seconds of functions',
  logBytes: 'bytes of logs',
  mails: 'e-mails',
};

const listed = () => `## The prices

In US dollars, as of the day beside them, looked up in copies of the lists and pages that Amazon publishes. Check those that decide
your bill; \`cli/cost/prices.json\` has them all.

${tableOf([
  ['for', 'unit', ...regions, 'as of', 'source'],
  ...charges.map((charge) => {
    const { what, unit, dollars, asOf, source } = prices[charge];
    return [
      what,
      unit,
      ...regions.map((region) => String(dollars[region])),
      asOf,
      source.replace('{region}', regions[0]),
    ];
  }),
])}
`;
