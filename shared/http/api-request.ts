import type * as z from 'zod/mini';
import { maxBodyBytesOf } from '#contract/body-bytes.ts';
import { carriedText } from '#contract/carried-text.ts';
import type { OperationDefinition } from '#contract/operation.ts';
import { queryOf, schemaOf } from '#contract/operation-parts.ts';
import { nextPage, parsePage } from '#contract/page.ts';
import { type Defined, parse } from '#contract/parse.ts';
import { RollcallError } from '#domain/error.ts';
import type { ApiKey } from '#domain/keys/api-key.ts';
import type { PageRequest } from '#domain/page.ts';
import type { FormPermit } from '#domain/subscriptions/form.ts';
import { acceptedLanguages } from './accepted-languages.ts';
import type { ApiEvent } from './api-event.ts';
import { shortHash } from './authenticate.ts';
import { formPermitOf, mayChange } from './authorize.ts';
import { readForm, readJson } from './body.ts';

/** What the gateway knows of a request, whatever its operation. */
export interface RequestFacts {
  /** As it was called, e.g. for the version of the API in it. */
  readonly calledPath: string;
  /** What the answer can be found by in the logs. */
  readonly requestId: string;
  /** Tells one caller from another. */
  readonly caller: string;
  /** What the caller may say as a form that anybody can fill in; absent: anything. */
  readonly formPermit: FormPermit | undefined;
  /** Whether the caller may change what `/admin/v1` holds, and so may know its secrets. */
  readonly mayChange: boolean;
  /** The network address that the request came from, as the gateway saw it. */
  readonly sourceIp: string;
  /** The languages that a browser asks for, the preferred one first (RFC 9110, Accept-Language). */
  readonly languages: readonly string[];
  /** A field of an HTML form that a browser posted. */
  posted(name: string): string | undefined;
  /** The key that it came with; none where an operation asks for none. */
  readonly apiKey: ApiKey | undefined;
  /** Who made what comes of it: the name of its key. */
  readonly madeBy: { readonly createdBy?: string };
}

/** What a part of a request is read to. */
type ReadBy<Part> = Part extends { readonly read: (given: never, rule: never) => infer Value }
  ? Value
  : Part extends z.ZodMiniType
    ? Defined<z.output<Part>>
    : undefined;

type PartOf<Definition, Name extends string> = Definition extends { readonly [Part in Name]: infer Value }
  ? Value
  : undefined;

/** A request as handlers see it: each part as the definition of the operation reads it. */
export interface ApiRequest<Definition extends OperationDefinition> extends RequestFacts {
  readonly path: { readonly [Name in keyof PartOf<Definition, 'path'>]: ReadBy<PartOf<Definition, 'path'>[Name]> };
  readonly query: ReadBy<PartOf<Definition, 'query'>>;
  /** The page of a list that is asked for. */
  readonly page: Definition extends { readonly list: object } ? PageRequest : undefined;
  /** The address of the page of a list that begins at a cursor. */
  readonly nextPage: Definition extends { readonly list: object } ? (cursor: string) => string : undefined;
  readonly body: ReadBy<PartOf<Definition, 'body'>>;
}

type RuleIn<Part> = Part extends { readonly read: (given: never, rule: infer Rule) => unknown }
  ? unknown extends Rule
    ? unknown
    : Omit<Rule, keyof RequestFacts>
  : unknown;

/** What the readers of an operation ask of the stage. */
export type RuleOf<Definition> = RuleIn<PartOf<Definition, 'query'>> & RuleIn<PartOf<Definition, 'body'>>;

/** Reads requests of an operation by its definition; the rule is what its readers ask for. */
export const requestReader =
  <Definition extends OperationDefinition>(operation: Definition, rule: object) =>
  (event: ApiEvent): ApiRequest<Definition> => {
    const carried = carrierOf(event);
    const params = new URLSearchParams(
      [...new URLSearchParams(event.rawQueryString)].map(([name, value]): [string, string] => [
        bareName(carried(name)),
        carried(value),
      ]),
    );
    const facts: RequestFacts = {
      calledPath: event.rawPath,
      requestId: event.requestContext?.requestId ?? '',
      caller: event.apiKey ? shortHash(event.apiKey.hash) : '',
      formPermit: event.apiKey && formPermitOf(event.apiKey),
      mayChange: event.apiKey !== undefined && mayChange(event.apiKey),
      sourceIp: event.requestContext?.http?.sourceIp ?? '',
      languages: acceptedLanguages(event.headers?.['accept-language']),
      posted: (name) => {
        const given = readForm(event, maxBodyBytesOf(operation)).get(name);
        return given === null ? undefined : carried(given);
      },
      apiKey: event.apiKey,
      madeBy: event.apiKey ? { createdBy: event.apiKey.name } : {},
    };
    const read = readerOf({ ...rule, ...facts });
    const { list, query, body } = operation;
    const path = readPath(operation, event, carried);
    refuseUnknown(operation, params);
    const calledQuery = Object.fromEntries(params);
    const given = query && valuesOf(schemaOf(query), params);
    return {
      ...facts,
      path,
      query: query && read(query, given),
      page: list && parsePage(list, calledQuery),
      nextPage: list && ((cursor: string) => nextPage(list, { path: facts.calledPath, query: calledQuery }, cursor)),
      body: body && readBody(operation, event, (json) => read(body, json)),
    } as ApiRequest<Definition>;
  };

/** PHP clients call the values of a list `ids[]`, or `ids[0]` and so on. */
const bareName = (name: string): string => name.replace(/\[\d*\]$/, '');

/** Replaces what nothing carries in a text, and notes that with the event. */
const carrierOf =
  (event: ApiEvent) =>
  (text: string): string => {
    const carried = carriedText(text);
    if (carried !== text) event.replaced = (event.replaced ?? 0) + 1;
    return carried;
  };

type Part = NonNullable<OperationDefinition['query'] | OperationDefinition['body']>;

const readerOf =
  (rule: object) =>
  (part: Part, given: unknown): unknown =>
    'schema' in part ? part.read(given as never, rule as never) : parse(part, given);

const readBody = (operation: OperationDefinition, event: ApiEvent, read: (json: unknown) => unknown): unknown =>
  operation.isBodyOptional && !event.body?.trim() ? read(undefined) : read(readJson(event, maxBodyBytesOf(operation)));

/** A slash at the end of a path belongs to no parameter (contract 1.1). */
const readPath = (
  { path = {} }: OperationDefinition,
  { pathParameters }: ApiEvent,
  carried: (text: string) => string,
) =>
  Object.fromEntries(
    Object.entries(path).map(([name, { read }]) => [
      name,
      read(carried(pathParameters?.[name] ?? '').replace(/(?<!\/)\/+$/, '')),
    ]),
  );

/** The values that a schema asks for: all of a list, of everything else the last. */
const valuesOf = ({ shape }: z.ZodMiniObject, params: URLSearchParams): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [
      name,
      isList(schema) ? params.getAll(name) : params.getAll(name).at(-1),
    ]),
  );

const isList = (schema: z.core.$ZodType): boolean => {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  return def.type === 'optional' ? isList(def.innerType) : def.type === 'array';
};

/** The contract has callers send what they like (1.3); our own routes say what they do not know, as a filter would be lost. */
const refuseUnknown = (operation: OperationDefinition, params: URLSearchParams): void => {
  if (!operation.access.startsWith('admin')) return;
  const known = Object.keys(queryOf(operation)?.shape ?? {});
  const unknown = [...new Set(params.keys())].filter((name) => !known.includes(name)).map((name) => name.slice(0, 60));
  if (unknown.length === 0) return;
  const may = known.length > 0 ? `this takes ${known.join(', ')}` : 'this takes no parameters';
  throw new RollcallError('INVALID_REQUEST', `Unknown in the query: ${unknown.slice(0, 10).join(', ')}; ${may}`);
};
