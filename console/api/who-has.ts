import { answerOf, api, basicAuthorization } from './client.ts';
import type { Session } from './session.ts';

/**
 * Whose key this is and what it may do.
 * @throws ApiProblem with the status 401 for a key that does not count.
 */
export const whoHas = async (key: string): Promise<Session> => {
  const headers = { authorization: basicAuthorization(key) };
  return { key, ...(await answerOf(api.GET('/admin/v1/own-key', { headers }))) };
};
