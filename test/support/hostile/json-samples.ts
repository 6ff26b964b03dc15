import type { Luck } from './luck.ts';

/** As much of JSON Schema as docs/openapi.json speaks. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
  readonly example?: unknown;
  readonly format?: string;
  readonly additionalProperties?: boolean | JsonSchema;
}

/** Where `$ref` leads. */
export type Components = Readonly<Record<string, JsonSchema>>;

/** Makes a value that a schema describes: an example of it, or one put together from its parts. */
export const sampleOf = (schema: JsonSchema, components: Components, luck: Luck, depth = 0): unknown => {
  const of = (one: JsonSchema) => sampleOf(one, components, luck, depth + 1);
  if (schema.$ref !== undefined) return of(components[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.examples && schema.examples.length > 0 && luck.hits(0.7))
    return structuredClone(luck.pick(schema.examples));
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return luck.pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return of(luck.pick(choices));
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(of));
  if (schema.properties) return sampleObject(schema, of, luck, depth);
  return samplePlain(schema, of, luck);
};

const sampleObject = (
  { properties = {}, required = [] }: JsonSchema,
  of: (schema: JsonSchema) => unknown,
  luck: Luck,
  depth: number,
) => {
  const isThere = (name: string) => required.includes(name) || luck.hits(depth < 3 ? 0.6 : 0.2);
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, schema]) => (isThere(name) ? [[name, of(schema)]] : [])),
  );
};

const samplePlain = (schema: JsonSchema, of: (schema: JsonSchema) => unknown, luck: Luck): unknown => {
  const type = typeof schema.type === 'string' ? schema.type : (schema.type?.[0] ?? 'string');
  switch (type) {
    case 'array':
      return Array.from({ length: 1 + luck.below(3) }, () => of(schema.items ?? {}));
    case 'object':
      return { a: 'b' };
    case 'integer':
      return 1 + luck.below(200);
    case 'number':
      return luck.below(1000) / 10;
    case 'boolean':
      return luck.hits(0.5);
    case 'null':
      return null;
    default:
      return schema.format === 'uuid'
        ? crypto.randomUUID()
        : luck.pick(['abc', 'mail@example.com', '380942583691', '2026-01-05']);
  }
};
