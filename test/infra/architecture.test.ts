import { expect, test } from 'vitest';
import { settingsOf } from '#infra/settings.ts';
import { drawArchitecture } from './architecture-drawing.ts';
import { type Right, rightsByFunction } from './rights-in.ts';
import { resourcesOf, type Template, templateOf } from './synthesized.ts';

test('docs/architecture.md shows the stack as it is synthesized', async () => {
  const template = templateOf(settingsOf('local'));

  const document = [
    introduction,
    '```mermaid',
    drawArchitecture(template),
    '```',
    '',
    rights(template),
    alarms(template),
  ];

  await expect(`${document.join('\n').trim()}\n`).toMatchFileSnapshot('../../docs/architecture.md');
});

const introduction = `# Architecture

One CloudFormation stack a stage, with the operations of the API in nested stacks, read here from the synthesized templates
of the local one. It includes the example consumer \`welcome-contact\`, which a stage has where the setting
\`exampleConsumerEventTypeKey\` names an event type.
Solid arrows are the work, dotted ones what happens to work that fails. Functions of the HTTP API that do the same to the
same resources share a box; each is a function of its own, and all of them look up API keys in the table.
`;

const rights = (template: Template) =>
  [
    '## What each function may do',
    '',
    'Beside writing its own log and its traces. `KEYS` are the API keys, which no other partition of the table shares.',
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

/** What messages go out by, which is no resource of the stack. */
const services: Readonly<Record<string, string>> = {
  'ses:SendEmail': 'Amazon SES, from the addresses of the stage',
  'sms-voice:SendTextMessage': 'AWS End User Messaging',
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
    '| alarm | what it means to people |',
    '|---|---|',
    ...resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => {
      const [meaning, section] = String(Properties.AlarmDescription).split(' See docs/');
      return `| [\`${String(Properties.AlarmName).replace(/^rollcall-[a-z]+-/, '')}\`](${section}) | ${meaning} |`;
    }),
  ].join('\n');
