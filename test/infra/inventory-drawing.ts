import { nameOf, type Right, rightsByFunction } from './rights-in.ts';
import { type Resource, referenceIn, resourcesOf, type Template } from './synthesized.ts';

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly isFailure?: boolean;
}

/** Logical ids without the hash that CDK puts behind them. */
const withReadableIds = (line: string): string => line.replace(/(?<=[a-zA-Z])[0-9A-F]{8}\b/g, '');

/** Functions that do the same to the same resources, drawn as one. */
interface Group {
  readonly id: string;
  readonly names: readonly string[];
  readonly rights: readonly Right[];
}

/** The stack as a Mermaid flowchart, read from its template: HTTP functions with the same rights are one box. */
export const drawInventory = (template: Template): string => {
  const groups = groupsOf(template);
  const edges = [
    ...groups.flatMap((group) => workOf(template, group)),
    ...deliveriesOf(template, groups),
    ...mailEventsOf(template),
    ...rulesOf(template, groups),
    ...redrivesOf(template),
  ];
  const lines = [
    'flowchart LR',
    '  caller([Callers]) -->|HTTPS| api{{HTTP API}}',
    ...resourcesOf(template, 'AWS::DynamoDB::Table').map(([id]) => `  ${id}[(Contacts table)]`),
    ...resourcesOf(template, 'AWS::S3::Bucket').map(([id]) => `  ${id}[(Import bucket)]`),
    ...resourcesOf(template, 'AWS::Events::EventBus').map(([id]) => `  ${id}{{Event bus}}`),
    ...resourcesOf(template, 'AWS::SES::ConfigurationSet').map(([id]) => `  ${id}{{Amazon SES}}`),
    ...(edges.some(({ to }) => to === 'sms') ? ['  sms{{AWS End User Messaging}}'] : []),
    ...(edges.some(({ from }) => from === 'default') ? ['  default{{Default event bus}}'] : []),
    ...resourcesOf(template, 'AWS::SQS::Queue').map(([id, queue]) => `  ${id}[/${nameOf(queue)}/]`),
    ...groups.map(({ id, names }) => `  ${id}["${names.join('<br>')}"]`),
    ...edges.map(({ from, to, label, isFailure }) => `  ${from} ${isFailure ? '-.->' : '-->'}|${label}| ${to}`),
  ];
  return lines.map(withReadableIds).join('\n');
};

const groupsOf = (template: Template): Group[] => {
  const rights = rightsByFunction(template);
  const groups = new Map<string, { id: string; names: string[]; rights: readonly Right[] }>();
  for (const [id, fn] of resourcesOf(template, 'AWS::Lambda::Function')) {
    const own = rights.get(nameOf(fn)) ?? [];
    const isHttp = httpFunctions(template).has(id);
    const likeness = isHttp ? [...new Set(own.flatMap(verbOf))].sort().join() : id;
    const group = groups.get(likeness) ?? { id, names: [], rights: own };
    group.names.push(nameOf(fn));
    groups.set(likeness, group);
  }
  return [...groups.values()];
};

const httpFunctions = (template: Template): Set<string> =>
  new Set(
    resourcesOf(template, 'AWS::ApiGatewayV2::Integration').map(([, { Properties }]) =>
      referenceIn(Properties.IntegrationUri),
    ),
  );

/** `<verb> <logical id>` for what a right lets a function do to a resource, as far as it is worth an arrow. */
const verbOf = ({ action, on, condition }: Right): string[] => {
  if (action === 'ses:SendEmail' || action === 'sms-voice:SendTextMessage') return [`sends by ${on}`];
  if (condition) return [`looks up keys in ${on}`];
  if (/^dynamodb:(Get|BatchGet|Query)/.test(action)) return [`reads ${on}`];
  if (action.startsWith('dynamodb:')) return [`writes ${on}`];
  if (action === 's3:GetObject') return [`reads ${on}`];
  if (action === 's3:PutObject') return [`writes ${on}`];
  if (action === 'sqs:SendMessage') return [`sends ${on}`];
  if (action === 'events:PutEvents') return [`publishes ${on}`];
  return [];
};

const workOf = (template: Template, { id, rights }: Group): Edge[] => {
  const { DeadLetterConfig } = template.Resources[id]?.Properties ?? {};
  if (DeadLetterConfig) return [{ from: id, to: referenceIn(DeadLetterConfig), label: 'failed on', isFailure: true }];
  const verbs = new Map<string, string[]>();
  for (const verb of new Set(rights.flatMap(verbOf))) {
    const at = verb.lastIndexOf(' ');
    const to = verb.slice(at + 1);
    verbs.set(to, [...(verbs.get(to) ?? []), verb.slice(0, at)]);
  }
  const edges = [...verbs].map(([to, labels]): Edge => {
    const worthSaying = labels.length > 1 ? labels.filter((label) => !label.startsWith('looks up keys')) : labels;
    return { from: id, to, label: worthSaying.map((label) => label.replace(/ (in|by)$/, '')).join(', ') };
  });
  return httpFunctions(template).has(id) ? [{ from: 'api', to: id, label: 'calls' }, ...edges] : edges;
};

const deliveriesOf = (template: Template, groups: readonly Group[]): Edge[] =>
  resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => ({
    from: referenceIn(Properties.EventSourceArn),
    to: groupIdOf(groups, referenceIn(Properties.FunctionName)),
    label: `batches of ${Properties.BatchSize}`,
  }));

const mailEventsOf = (template: Template): Edge[] =>
  resourcesOf(template, 'AWS::SES::ConfigurationSetEventDestination').map(([, { Properties }]) => ({
    from: referenceIn(Properties.ConfigurationSetName),
    to: 'default',
    label: 'tells how e-mails fare',
  }));

const rulesOf = (template: Template, groups: readonly Group[]): Edge[] =>
  resourcesOf(template, 'AWS::Events::Rule').flatMap(([, { Properties }]) => {
    const pattern = Properties.EventPattern as { source: string[]; 'detail-type'?: (string | { prefix: string })[] };
    const targets = Properties.Targets as { Arn: unknown; DeadLetterConfig?: { Arn: unknown } }[];
    return targets.flatMap(({ Arn, DeadLetterConfig }): Edge[] => {
      const isDefault = Properties.EventBusName === undefined;
      const bus = isDefault ? 'default' : referenceIn(Properties.EventBusName);
      const everything = isDefault ? `what ${pattern.source.join()} says` : 'every event';
      const delivery = {
        from: bus,
        to: groupIdOf(groups, referenceIn(Arn)),
        label: pattern['detail-type']?.map(typeText).join(', ') ?? everything,
      };
      if (!DeadLetterConfig) return [delivery];
      return [delivery, { from: bus, to: referenceIn(DeadLetterConfig.Arn), label: 'undeliverable', isFailure: true }];
    });
  });

const typeText = (type: string | { prefix: string }): string => (typeof type === 'string' ? type : `${type.prefix}…`);

const redrivesOf = (template: Template): Edge[] =>
  resourcesOf(template, 'AWS::SQS::Queue').flatMap(([id, { Properties }]): Edge[] => {
    const redrive = Properties.RedrivePolicy as Resource['Properties'] | undefined;
    if (!redrive) return [];
    const label = `after ${redrive.maxReceiveCount} failures`;
    return [{ from: id, to: referenceIn(redrive.deadLetterTargetArn), label, isFailure: true }];
  });

const groupIdOf = (groups: readonly Group[], id: string): string => groups.find((group) => group.id === id)?.id ?? id;
