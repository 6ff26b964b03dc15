/** What a handler answers: always HTTP 200, as JSON even if the body is a bare sentence (contract 1.4). */
export interface Answer {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The content type of everything but files. */
export const jsonContentType = 'application/json;charset=UTF-8';

/** A JSON body. */
export const json = (value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  body: JSON.stringify(value),
  headers: { 'Content-Type': jsonContentType, ...headers },
});

/** What a caller should know of an answer whose body has no place for it: code 199 of RFC 7234, section 5.5. */
export const warningHeader = (text: string): Readonly<Record<string, string>> => ({
  Warning: `199 rollcall "${text.replaceAll('"', "'")}"`,
});

/** A bare sentence, which some methods answer in place of JSON (contract 1.4). */
export const sentence = (text: string): Answer => ({ body: text, headers: { 'Content-Type': jsonContentType } });

/** An empty body (contract 1.4). */
export const nothing: Answer = { body: '', headers: { 'Content-Type': jsonContentType } };

/** A CSV file to download; `next` is the address of the part after this one. */
export const csvFile = (fileName: string, text: string, next?: string): Answer => ({
  body: text,
  headers: {
    'Content-Type': 'text/csv;charset=UTF-8',
    'Content-Disposition': `attachment; filename="${fileName}"`,
    ...(next !== undefined && { Link: `<${next}>; rel="next"` }),
  },
});
