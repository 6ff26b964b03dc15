import { hostileHeaders, hostileSegment, manglePath, mangleText } from './hostile-transport.ts';
import { hostileText, hostileValue, spoiled, toJson } from './hostile-values.ts';
import { type Components, type JsonSchema, sampleOf } from './json-samples.ts';
import type { Luck } from './luck.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: JsonSchema;
}

interface Described {
  readonly parameters?: readonly Parameter[];
  readonly responses?: Readonly<Record<string, { readonly description?: string }>>;
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
  /** As it stands in the request line. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
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
  const path = template.replace(/\{(\w+)\+?\}/g, (_, name) => {
    if (luck.hits(0.1)) return hostileSegment(luck);
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
    return encoded(givenFor(parameter ?? { name, in: 'path' })) || '0';
  });
  const query = parameters
    .filter((one) => one.in === 'query' && luck.hits(0.5))
    .flatMap((one) => Array.from({ length: luck.hits(0.15) ? 3 : 1 }, () => `${one.name}=${encoded(givenFor(one))}`));
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
  const body = schema && hostileBody(sampleOf(schema, components, luck), luck);
  return {
    method,
    path: manglePath(path, query, luck),
    headers: hostileHeaders(body !== undefined, luck),
    ...(body !== undefined && { body }),
  };
};

/** Texts that a URL can carry; Node itself refuses the other ones. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed().slice(0, 3000));

const parameterOf = (name: string, luck: Luck): string => {
  if (name === 'cursor') return hostileCursor(luck);
  return luck.hits(0.5) ? String(1 + luck.below(4)) : hostileText(luck);
};

/** The lists that have cursors. */
const lists = ['contacts', 'events', 'imports', 'rows', 'segments', 'orders', 'messages', 'runs'];

/** What looks like a cursor of a list, with anything at all in it. */
const hostileCursor = (luck: Luck): string => {
  const inside = luck.pick([hostileText(luck), toJson(hostileValue(luck)), '{"pk":"x","sk":"y"}', '']);
  const text = JSON.stringify([luck.pick(lists), inside]).replace(
    /[^\u0020-\u007E]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return luck.hits(0.8) ? Buffer.from(text).toString('base64url') : hostileText(luck);
};

/** A body in which up to four places hold what nobody expects there, and which may be no JSON in the end. */
const hostileBody = (sample: unknown, luck: Luck): string | Buffer => {
  let body = sample;
  for (let times = luck.below(5); times > 0; times--) body = spoiled(body, luck);
  return luck.hits(0.1) ? mangleText(toJson(body), luck) : toJson(body);
};
