import { location } from './location.ts';
import { Refusal } from './refusal.ts';
import type { Template } from './template.ts';

/** Resolves a template's intrinsic functions. */
export interface Resolver {
  /** The value without intrinsics. Throws `Refusal` for one that it does not know. */
  resolve(value: unknown): unknown;
}

/** What `Ref` and `Fn::GetAtt` say of a resource. Throws `Refusal` for an attribute it does not know. */
export type AttributeOf = (
  logicalId: string,
  attribute: 'Ref' | (string & {}),
  resolve: Resolver['resolve'],
) => unknown;

interface Scope {
  readonly template: Template;
  readonly attributeOf: AttributeOf;
  readonly resolve: Resolver['resolve'];
}

type Intrinsic = (scope: Scope, argument: unknown) => unknown;

/** A resolver of one template's intrinsics: those that it uses; any other is refused by name. */
export const resolverOf = (template: Template, attributeOf: AttributeOf): Resolver => {
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (!isRecord(value)) return value;
    const call = intrinsicCall(value);
    if (call) return call.run(scope, call.argument);
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(member)]));
  };
  const scope: Scope = { template, attributeOf, resolve };

  return { resolve };
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const intrinsicCall = (value: Record<string, unknown>): { run: Intrinsic; argument: unknown } | undefined => {
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0) return undefined;
  const run = intrinsics[name];
  if (run) return { run, argument: value[name] };
  if (name.startsWith('Fn::')) throw new Refusal(`the intrinsic function ${name} does not run here`);
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
  if (name in pseudoParameters) return pseudoParameters[name];
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

const join = (scope: Scope, argument: unknown): string => {
  const [separator, items] = parts(argument);
  return list(scope, items).map(text).join(text(separator));
};

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (scope, name) => reference(scope, text(name)),
  'Fn::GetAtt': getAtt,
  'Fn::Sub': substitute,
  'Fn::Join': join,
};

const pseudoParameters: Readonly<Record<string, string>> = {
  'AWS::AccountId': location.accountId,
  'AWS::Region': location.region,
  'AWS::Partition': location.partition,
};
