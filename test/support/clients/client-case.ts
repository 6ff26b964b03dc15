/** One request of a client, and what it has to be answered: 200 with this JSON or text. */
export interface ClientCall {
  readonly send: readonly [method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown];
  readonly answered: unknown;
}

/** What a client sends, in order, and whom it has stored in the end. */
export interface ClientCase {
  readonly client: string;
  readonly calls: readonly ClientCall[];
  /** What finds the contact, and what is stored of it. */
  readonly stored?: readonly [query: string, contact: object];
}

/** An e-mail channel and a phone channel as clients send and read them. */
export const channels = (email: string, sms?: string) => [
  { type: 'email', value: email },
  ...(sms === undefined ? [] : [{ type: 'sms', value: sms }]),
];
