import createClient from 'openapi-fetch';
import type { paths } from './openapi.d.ts';
import { ApiProblem, problemOf } from './problem.ts';
import { noteRefusal, session } from './session.ts';

/** HTTP Basic with an API key as its password, in any script. */
export const basicAuthorization = (key: string): string =>
  `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`:${key}`)))}`;

/** The API of this stage, typed by its OpenAPI document. */
// Without credentials: a browser would ask for a name and a password by itself where a key is refused.
export const api = createClient<paths>({ baseUrl: '/', credentials: 'omit' });

api.use({
  onRequest: ({ request }) => {
    const key = session()?.key;
    if (key !== undefined && !request.headers.has('authorization')) {
      request.headers.set('authorization', basicAuthorization(key));
    }
    return request;
  },
});

interface Call<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * What a call answered.
 * @throws ApiProblem for every other answer than a success, and where none came.
 */
export const answerOf = async <Data>(call: Promise<Call<Data>>): Promise<Data> => {
  const { data, error, response } = await reached(call);
  if (response.ok) return data as Data;
  if (response.status === 401) noteRefusal();
  throw problemOf(response, error);
};

const reached = async <Value>(call: Promise<Value>): Promise<Value> => {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiProblem || (error instanceof Error && error.name === 'AbortError')) throw error;
    throw new ApiProblem(error instanceof Error ? error.message : String(error), { status: 0 });
  }
};
