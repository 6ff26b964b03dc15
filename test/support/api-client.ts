import createClient from 'openapi-fetch';
import type { components, paths } from '../../console/api/openapi.d.ts';

/** What the OpenAPI document calls its schemas. */
export type Schemas = components['schemas'];

/** A client of an API, made of its OpenAPI document; it sends an API key as browsers do. */
export const apiClient = (baseUrl: string, key: string) =>
  createClient<paths>({ baseUrl, headers: { authorization: `Basic ${btoa(`:${key}`)}` } });

/** What a call answered; throws for anything but a 200. */
export const answered = async <Data>(
  call: Promise<{ readonly data?: Data; readonly error?: unknown; readonly response: Response }>,
): Promise<Data> => {
  const { data, error, response } = await call;
  if (data === undefined) throw new Error(`Answered ${response.status}: ${JSON.stringify(error)}`);
  return data;
};
