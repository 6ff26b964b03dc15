import { expect, test } from 'vitest';
import { settingsOf } from '#infra/settings.ts';
import { drawInventory } from './inventory-drawing.ts';
import { queuesTable } from './inventory-queues.ts';
import { type Right, rightsByFunction } from './rights-in.ts';
import { resourcesOf, type Template, templateOf } from './synthesized.ts';

test('docs/inventory.md lists the stack as it is synthesized', async () => {
  const template = templateOf(settingsOf('local'));

  const document = [
    introduction,
    '```mermaid',
    drawInventory(template),
    '```',
    '',
    rights(template),
    queuesTable(template),
    alarms(template),
  ];

  await expect(`${document.join('\n').trim()}\n`).toMatchFileSnapshot('../../docs/inventory.md');
});

const introduction = `# Inventory

Everything that one stage consists of, generated from the synthesized CloudFormation template of the stage \`local\`; operations
of the API are in nested stacks of it. [architecture.md](architecture.md) explains how the parts work together, [cost.md](cost.md)
what they cost. The example consumer \`welcome-contact\` is included; a stage has it only if the setting
\`exampleConsumerEventTypeKey\` names an event type.

Solid arrows are the work, dotted arrows show where work goes that fails. Functions of the HTTP API that do the same to the same
resources share a box; each is a function of its own. All of them look up API keys in the table.
`;

const rights = (template: Template) =>
  [
    '## What each function may do',
    '',
    'Each function may also write its own log and its traces. `KEYS` is the partition of the table that holds the API keys.',
    '',
    '| function | actions |',
    '|---|---|',
    ...[...rightsByFunction(template)]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([name, own]) => `| \`${name}\` | ${linesOf(own).join('<br>')} |`),
    '',
  ].join('\n');

const linesOf = (own: readonly Right[]): string[] => {
  const actions = new Map<string, string[]>();
  for (const { action, resource, condition } of own) {
    const where = services[action] ?? whereOf(resource, condition);
    actions.set(where, [...(actions.get(where) ?? []), action.replace(/^[a-z0-9-]+:/, '')]);
  }
  return [...actions].map(([where, names]) => `${where}: ${names.join(', ')}`);
};

/** What is named by an ARN. */
const services: Readonly<Record<string, string>> = {
  'ses:SendEmail': 'Amazon SES, from the addresses of the stage',
  'sms-voice:SendTextMessage': 'AWS End User Messaging',
  'lambda:InvokeFunction': 'the functions of operations',
};

const whereOf = (resource: unknown, condition: unknown): string => {
  const text = JSON.stringify(resource);
  const suffix = /"(\/[^"]*)"/.exec(text)?.[1] ?? '';
  const id = /"Fn::GetAtt":\["([A-Za-z]+?)(?:[0-9A-F]{8})?"/.exec(text)?.[1] ?? '';
  const [noun = id] = ['Table', 'Bucket', 'Bus', 'FailedChunks', 'Chunks', 'EventLog', 'DeadLetters'].filter((part) =>
    id.includes(part),
  );
  return `${noun.replace(/[a-z](?=[A-Z])/g, '$& ').toLowerCase()}${suffix && ` \`${suffix}\``}${condition ? ' `KEYS`' : ''}`;
};

const alarms = (template: Template) =>
  [
    '## Alarms',
    '',
    '| alarm | what it means |',
    '|---|---|',
    ...resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => {
      const [meaning, section] = String(Properties.AlarmDescription).split(' See docs/');
      return `| [\`${String(Properties.AlarmName).replace(/^rollcall-[a-z]+-/, '')}\`](${section}) | ${meaning} |`;
    }),
  ].join('\n');
