/** What stands for a reference: to a resource or parameter, or to an attribute of a resource; `undefined` leaves it. */
export type Replacement = (name: string, attribute?: string) => unknown;

/** A value out of a template with some of what `Ref`, `Fn::GetAtt` and `Fn::Sub` refer to replaced. */
export const replaceReferences = (value: unknown, replacement: Replacement): unknown => {
  if (Array.isArray(value)) return value.map((item) => replaceReferences(item, replacement));
  if (!isRecord(value)) return value;
  const [name, ...others] = Object.keys(value);
  const replaced =
    name !== undefined && others.length === 0 ? byIntrinsic[name]?.(value[name], replacement) : undefined;
  if (replaced !== undefined) return replaced;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, replaceReferences(member, replacement)]),
  );
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const substitute = (argument: unknown, replacement: Replacement): unknown => {
  const [pattern, given] = Array.isArray(argument) ? argument : [argument, undefined];
  const variables = isRecord(given) ? given : {};
  const added: Record<string, unknown> = {};
  const text = String(pattern).replaceAll(/\$\{([^!}][^}]*)\}/g, (whole, name: string) => {
    const replaced = name in variables ? undefined : byPath(name, replacement);
    if (replaced === undefined) return whole;
    // The name of a variable has letters and digits only.
    const variable = name.replaceAll('.', '');
    added[variable] = replaced;
    return `\${${variable}}`;
  });
  const all = { ...(replaceReferences(variables, replacement) as object), ...added };
  return { 'Fn::Sub': Object.keys(all).length > 0 ? [text, all] : text };
};

const byPath = (path: string, replacement: Replacement): unknown => {
  const [name = '', ...attribute] = path.split('.');
  return attribute.length > 0 ? replacement(name, attribute.join('.')) : replacement(name);
};

const byIntrinsic: Readonly<Record<string, (argument: unknown, replacement: Replacement) => unknown>> = {
  Ref: (argument, replacement) => replacement(String(argument)),
  'Fn::GetAtt': (argument, replacement) => byPath([argument].flat().join('.'), replacement),
  'Fn::Sub': substitute,
};
