import { hostileText, hostileValue, hostileVariant, RawJson, toJson } from './hostile-values.ts';
import { type Components, type JsonSchema, sampleOf } from './json-samples.ts';
import type { Luck } from './luck.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: JsonSchema;
}

interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
}

/** As much of docs/openapi.json as requests are made of. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Components };
}

/** A request that somebody might send to break something. */
export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

const methods = ['get', 'post', 'put', 'delete'];

/** Every operation of a document as what makes hostile requests of it. */
export const hostileOperations = ({ paths, components }: ApiDocument): ((luck: Luck) => HostileRequest)[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, described]) =>
      methods.includes(method)
        ? [(luck: Luck) => hostileRequest(method.toUpperCase(), path, described, components.schemas, luck)]
        : [],
    ),
  );

const hostileRequest = (
  method: string,
  template: string,
  { parameters = [], requestBody }: Described,
  components: Components,
  luck: Luck,
): HostileRequest => {
  const givenFor = ({ name, schema = {} }: Parameter) =>
    luck.hits(0.5) ? String(sampleOf(schema, components, luck)) : parameterOf(name, luck);
  const path = template.replace(/\{(\w+)\}/g, (_, name) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
    return encoded(givenFor(parameter ?? { name, in: 'path' })) || '0';
  });
  const query = parameters
    .filter((one) => one.in === 'query' && luck.hits(0.5))
    .map((one) => `${one.name}=${encoded(givenFor(one))}`);
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
  const body = schema && hostileBody(sampleOf(schema, components, luck), luck);
  return {
    method,
    path: query.length > 0 ? `${path}?${query.join('&')}` : path,
    ...(body !== undefined && { body }),
  };
};

/** Texts that a URL can carry; Node itself refuses the other ones. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed().slice(0, 3000));

const parameterOf = (name: string, luck: Luck): string => {
  if (name === 'cursor') return hostileCursor(luck);
  return luck.hits(0.5) ? String(1 + luck.below(4)) : hostileText(luck);
};

/** What looks like a cursor of a list, with anything at all in it. */
const hostileCursor = (luck: Luck): string => {
  const lists = ['contacts', 'events', 'imports', 'rows', 'segments', 'orders', 'messages', 'runs', 'workflowRuns'];
  const inside = luck.pick([hostileText(luck), toJson(hostileValue(luck)), '{"pk":"x","sk":"y"}']);
  const text = JSON.stringify([luck.pick(lists), inside.replace(/[^\u0020-\u007E]/g, '?')]);
  return luck.hits(0.8) ? Buffer.from(text).toString('base64url') : hostileText(luck);
};

/** A body in which up to four places hold what nobody expects there. */
const hostileBody = (sample: unknown, luck: Luck): string => {
  let body = sample;
  for (let times = luck.below(5); times > 0; times--) body = spoiled(body, luck);
  return toJson(body);
};

const spoiled = (value: unknown, luck: Luck): unknown => {
  if (typeof value !== 'object' || value === null || value instanceof RawJson) return hostileVariant(value, luck);
  if (luck.hits(0.08)) return hostileValue(luck);
  if (Array.isArray(value)) {
    if (value.length === 0 || luck.hits(0.15)) return [...value, hostileValue(luck)];
    const at = luck.below(value.length);
    return value.map((one: unknown, index): unknown => (index === at ? spoiled(one, luck) : one));
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || luck.hits(0.1)) return { ...value, [hostileText(luck)]: hostileValue(luck) };
  const [name] = luck.pick(entries);
  return Object.fromEntries(entries.map(([one, inner]) => [one, one === name ? spoiled(inner, luck) : inner]));
};
