import { type Resource, referenceIn, resourcesOf, type Template } from './synthesized.ts';

/** One thing that a function may do. */
export interface Right {
  readonly action: string;
  /** The logical id of the resource, `*`, or what is named by an ARN: `sms`, `workflows` or `operations`. */
  readonly on: string;
  readonly resource: unknown;
  readonly condition: unknown;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** The folder name of a function: its name without product and stage. */
export const nameOf = ({ Properties }: Resource): string =>
  String(Properties.FunctionName ?? Properties.QueueName).replace(/^rollcall-[a-z]+-/, '');

/** Every statement of the roles of a template, by the logical id of its role. */
export const statementsByRole = (template: Template): Map<string, Statement[]> =>
  new Map(
    resourcesOf(template, 'AWS::IAM::Role').map(([id, { Properties }]) => [
      id,
      policiesOf(Properties).flatMap(statementsOf),
    ]),
  );

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

const policiesOf = ({ Policies }: Resource['Properties']): readonly Policy[] => (Policies ?? []) as Policy[];

const statementsOf = ({ PolicyDocument }: Policy): readonly Statement[] => PolicyDocument.Statement;

/** What each function may do beside writing its log and its traces, by its folder name. */
export const rightsByFunction = (template: Template): Map<string, Right[]> => {
  const statements = statementsByRole(template);
  return new Map(
    resourcesOf(template, 'AWS::Lambda::Function').map(([, fn]) => [
      nameOf(fn),
      (statements.get(referenceIn(fn.Properties.Role)) ?? []).flatMap(rightsOf).filter(isOfItsWork),
    ]),
  );
};

const rightsOf = ({ Action, Resource, Condition }: Statement): Right[] =>
  [Action].flat().map((action) => ({
    action,
    on: onOf(Resource),
    resource: Resource,
    condition: Condition,
  }));

const onOf = (resource: unknown): string => {
  if (resource === '*') return '*';
  const text = JSON.stringify(resource);
  if (text.includes(':sms-voice:')) return 'sms';
  if (text.includes(':function:')) return 'operations';
  if (text.includes(':sqs:')) return 'dead letters';
  return text.includes(':stateMachine:') ? 'workflows' : referenceIn(resource);
};

const isOfItsWork = ({ action }: Right) => !action.startsWith('logs:') && !action.startsWith('xray:');
