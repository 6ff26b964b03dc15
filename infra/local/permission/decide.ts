import type { Call, Condition, Grant } from './grant.ts';

/** How a call is decided: by which grants it is allowed, none where it is denied. */
export type Decide = (call: Call) => readonly Grant[];

/**
 * Decides as IAM does within one account (user guide, "Policy evaluation logic"): a grant that denies wins, and without one
 * that allows the call is denied. It knows the condition operators that the policies of this project use.
 */
export const decideBy = (grants: readonly Grant[]): Decide => {
  const compiled = grants.map(compile);
  const byAction = new Map<string, readonly Compiled[]>();
  const about = (action: string): readonly Compiled[] => {
    const known = byAction.get(action);
    if (known) return known;
    const found = compiled.filter(({ takesAction }) => takesAction(action.toLowerCase()));
    byAction.set(action, found);
    return found;
  };

  return ({ action, resource, context }) => {
    const values = { ...always, ...context };
    const matching = about(action).filter(
      ({ takesResource, conditions }) => takesResource(resource) && conditions.every((holds) => holds(values)),
    );
    return matching.some(({ grant }) => grant.effect === 'Deny') ? [] : matching.map(({ grant }) => grant);
  };
};

type Context = NonNullable<Call['context']>;
type TextTest = (text: string) => boolean;

interface Compiled {
  readonly grant: Grant;
  readonly takesAction: TextTest;
  readonly takesResource: TextTest;
  readonly conditions: readonly ((context: Context) => boolean)[];
}

/** AWS is reached by HTTPS only, whatever the engines speak. */
const always: Context = { 'aws:SecureTransport': ['true'] };

const compile = (grant: Grant): Compiled => ({
  grant,
  takesAction: like(grant.action.toLowerCase()),
  takesResource: like(grant.resource),
  conditions: grant.conditions.map(compileCondition),
});

const compileCondition = ({ operator, key, values }: Condition) => {
  const [quantifier, name = quantifier] = operator.split(':');
  const tests = values.map((value) => (operators[name ?? ''] ?? never)(value));
  const isAnyOf = (text: string) => tests.some((test) => test(text));
  return quantifier === 'ForAllValues'
    ? (context: Context) => (context[key] ?? []).every(isAnyOf)
    : (context: Context) => (context[key] ?? []).some(isAnyOf);
};

/** `*` is any run of characters, `?` any one. */
const like = (pattern: string): TextTest => {
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  const source = pattern
    .replaceAll(/[\\^$.+()[\]{}|/-]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (text) => expression.test(text);
};

const never = () => () => false;

const operators: Readonly<Record<string, (value: string) => TextTest>> = {
  StringEquals: (value) => (text) => text === value,
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
  Bool: (value) => (text) => text === value,
};

/** Whether a condition's operator is known here. */
export const isKnownOperator = (operator: string): boolean => operator.replace(/^ForAllValues:/, '') in operators;
