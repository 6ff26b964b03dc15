import type * as z from 'zod/mini';
import type { OperationDefinition } from '#contract/operation.ts';
import { pageBody } from '#contract/page.ts';
import type { Page } from '#domain/page.ts';

/** What a handler answers: always HTTP 200, as JSON even if the body is a bare sentence (contract 1.4). */
export interface Answer {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The content type of everything but files and pages. */
export const jsonContentType = 'application/json;charset=UTF-8';

/** A CSV file to download; `next` is the address of the part after this one. */
export interface CsvFile {
  readonly fileName: string;
  readonly text: string;
  readonly next?: string | undefined;
}

/** A value that a schema takes, which nothing changes on its way. */
type Wire<Value> = Value extends readonly (infer One)[]
  ? readonly Wire<One>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Wire<Value[Name]> }
    : Value;

type BodyOf<Definition extends OperationDefinition> = Definition['answer'] extends z.ZodMiniType
  ? Definition extends { readonly list: object }
    ? Page<Wire<z.input<Definition['answer']>>>
    : Wire<z.input<Definition['answer']>>
  : Definition['answer'] extends 'csv'
    ? CsvFile
    : unknown;

type OptionalBodyOf<Definition extends OperationDefinition> =
  | BodyOf<Definition>
  | (Definition extends { readonly isAnswerOptional: true } ? undefined : never);

/** What the handler of an operation comes to; members that its definition does not have are not answered. */
export type Answered<Definition extends OperationDefinition> = Definition extends {
  readonly headers: infer Headers extends z.ZodMiniObject;
}
  ? { readonly body: OptionalBodyOf<Definition>; readonly headers: Wire<z.input<Headers>> }
  : OptionalBodyOf<Definition>;

/** The answer to a request by the definition of its operation. */
export const answerTo = ({ answer, list, headers }: OperationDefinition, answered: unknown): Answer => {
  if (answer === 'csv') return csvFile(answered as CsvFile);
  if (typeof answer === 'string') return json('');
  const { body, headers: given } = headers ? (answered as HeadedAnswer) : { body: answered, headers: {} };
  const own = Object.entries(headers?.parse(given) ?? {}).filter(([, text]) => text !== undefined);
  const texts = Object.fromEntries(own.map(([name, text]) => [name, String(text)]));
  if (body === undefined) return json('', texts);
  const value = list ? pageBody(list, body as Page<unknown>, (item) => answer.parse(item)) : answer.parse(body);
  return json(typeof value === 'string' ? value : JSON.stringify(value), texts);
};

interface HeadedAnswer {
  readonly body: unknown;
  readonly headers: unknown;
}

const json = (body: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  body,
  headers: { 'Content-Type': jsonContentType, ...headers },
});

const csvFile = ({ fileName, text, next }: CsvFile): Answer => ({
  body: text,
  headers: {
    'Content-Type': 'text/csv;charset=UTF-8',
    'Content-Disposition': `attachment; filename="${fileName}"`,
    ...(next !== undefined && { Link: `<${next}>; rel="next"` }),
  },
});
