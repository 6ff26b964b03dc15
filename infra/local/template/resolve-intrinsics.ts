import { location } from './location.ts';
import { Refusal } from './refusal.ts';
import type { Template } from './template.ts';

/** Resolves a template's intrinsic functions. */
export interface Resolver {
  /** The value without intrinsics; what is `AWS::NoValue` is left out. Throws `Refusal` for what it does not know. */
  resolve(value: unknown): unknown;
  /** Whether the named condition holds; an absent name always does. */
  holds(condition: string | undefined): boolean;
}

/** What `Ref` and `Fn::GetAtt` say of a resource. Throws `Refusal` for an attribute it does not know. */
export type AttributeOf = (
  logicalId: string,
  attribute: 'Ref' | (string & {}),
  resolve: Resolver['resolve'],
) => unknown;

interface Scope {
  readonly template: Template;
  readonly stackName: string;
  readonly attributeOf: AttributeOf;
  readonly resolve: Resolver['resolve'];
}

type Intrinsic = (scope: Scope, argument: unknown) => unknown;

/** A resolver of one template's intrinsics. */
export const resolverOf = (template: Template, stackName: string, attributeOf: AttributeOf): Resolver => {
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== undefined);
    if (!isRecord(value)) return value;
    const call = intrinsicCall(value);
    if (call) return call.run(scope, call.argument);
    const members = Object.entries(value).map(([name, member]) => [name, resolve(member)] as const);
    return Object.fromEntries(members.filter(([, member]) => member !== undefined));
  };
  const scope: Scope = { template, stackName, attributeOf, resolve };

  return { resolve, holds: (condition) => condition === undefined || holds(scope, condition) };
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const intrinsicCall = (value: Record<string, unknown>): { run: Intrinsic; argument: unknown } | undefined => {
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0) return undefined;
  const run = intrinsics[name];
  if (run) return { run, argument: value[name] };
  if (name.startsWith('Fn::')) throw new Refusal(`the intrinsic function ${name} is not known`);
  return undefined;
};

const list = (scope: Scope, argument: unknown): unknown[] => {
  const items = scope.resolve(argument);
  if (!Array.isArray(items)) throw new Refusal(`an intrinsic function wants a list, not ${JSON.stringify(argument)}`);
  return items;
};

const text = (value: unknown): string => {
  if (typeof value === 'object' || value === undefined) throw new Refusal(`${JSON.stringify(value)} is not a text`);
  return String(value);
};

const parts = (argument: unknown): unknown[] => (Array.isArray(argument) ? argument : [argument]);

const reference = (scope: Scope, name: string): unknown => {
  if (name in pseudoParameters) return pseudoParameters[name]?.(scope.stackName);
  const parameter = scope.template.Parameters?.[name];
  if (parameter) return parameter.Default;
  return scope.attributeOf(name, 'Ref', scope.resolve);
};

const getAtt = (scope: Scope, argument: unknown): unknown => {
  const [logicalId, ...attribute] =
    typeof argument === 'string' ? argument.split('.') : list(scope, argument).map(text);
  return scope.attributeOf(text(logicalId), attribute.join('.'), scope.resolve);
};

const substitute = (scope: Scope, argument: unknown): string => {
  const [pattern, variables] = parts(argument);
  const values = isRecord(variables) ? variables : {};
  return text(pattern).replaceAll(/\$\{([^}]+)\}/g, (_whole, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (name in values) return text(scope.resolve(values[name]));
    return text(name.includes('.') ? getAtt(scope, name) : reference(scope, name));
  });
};

const select = (scope: Scope, argument: unknown): unknown => {
  const [index, items] = parts(argument);
  return list(scope, items)[Number(scope.resolve(index))];
};

const findInMap = (scope: Scope, argument: unknown): unknown => {
  const [map, first, second] = list(scope, argument).map(text);
  const found = scope.template.Mappings?.[map ?? '']?.[first ?? '']?.[second ?? ''];
  if (found === undefined) throw new Refusal(`the mapping ${map}.${first}.${second} does not exist`);
  return found;
};

const holds = (scope: Scope, name: string): boolean => {
  const condition = scope.template.Conditions?.[name];
  if (condition === undefined) throw new Refusal(`the condition ${name} does not exist`);
  return scope.resolve(condition) === true;
};

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (scope, name) => reference(scope, text(name)),
  Condition: (scope, name) => holds(scope, text(name)),
  'Fn::GetAtt': getAtt,
  'Fn::Sub': substitute,
  'Fn::Select': select,
  'Fn::FindInMap': findInMap,
  'Fn::Join': (scope, argument) => {
    const [separator, items] = parts(argument);
    return list(scope, items).map(text).join(text(separator));
  },
  'Fn::Split': (scope, argument) => {
    const [separator, source] = list(scope, argument);
    return text(source).split(text(separator));
  },
  'Fn::If': (scope, argument) => {
    const [condition, yes, no] = parts(argument);
    return scope.resolve(holds(scope, text(condition)) ? yes : no);
  },
  'Fn::Equals': (scope, argument) => {
    const [left, right] = list(scope, argument);
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::And': (scope, argument) => list(scope, argument).every((item) => item === true),
  'Fn::Or': (scope, argument) => list(scope, argument).some((item) => item === true),
  'Fn::Not': (scope, argument) => list(scope, argument)[0] !== true,
  'Fn::Base64': (scope, argument) => Buffer.from(text(scope.resolve(argument))).toString('base64'),
  'Fn::GetAZs': () => ['a', 'b', 'c'].map((zone) => `${location.region}${zone}`),
};

const pseudoParameters: Readonly<Record<string, (stackName: string) => unknown>> = {
  'AWS::AccountId': () => location.accountId,
  'AWS::Region': () => location.region,
  'AWS::Partition': () => location.partition,
  'AWS::URLSuffix': () => location.urlSuffix,
  'AWS::StackName': (stackName) => stackName,
  'AWS::StackId': (stackName) =>
    `arn:aws:cloudformation:${location.region}:${location.accountId}:stack/${stackName}/local`,
  'AWS::NotificationARNs': () => [],
  'AWS::NoValue': () => undefined,
};
