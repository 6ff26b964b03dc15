import { RollcallError } from '#domain/error.ts';
import type { ApiEvent } from './api-event.ts';

/**
 * The header of a 401 that lets a browser ask its user for the key, or nothing if a script of a page sent the request: the
 * visitor of a site must not be asked for a password because its form has a wrong key.
 */
export const challengeFor = ({ headers }: Pick<ApiEvent, 'headers'>): Readonly<Record<string, string>> =>
  isByScript(headers ?? {}) ? {} : { 'WWW-Authenticate': 'Basic realm="Rollcall API key", charset="UTF-8"' };

/** Browsers say how they came to send a request (Fetch Metadata); programs say nothing. */
const isByScript = (headers: ApiEvent['headers']): boolean =>
  headers.origin !== undefined ||
  headers['x-requested-with'] !== undefined ||
  (headers['sec-fetch-mode'] ?? navigating) !== navigating;

const navigating = 'navigate';

/**
 * Refuses what a page can make a browser send with a password that its user typed in earlier: forms and requests of which
 * the page does not see the answer. A script that has the key itself sends it in a header, which neither of them can.
 * @throws RollcallError FORBIDDEN.
 */
export const refuseForms = ({ headers, requestContext }: Pick<ApiEvent, 'headers' | 'requestContext'>): void => {
  const mode = headers?.['sec-fetch-mode'];
  const isReading = ['GET', 'HEAD'].includes(requestContext.http.method);
  if (isReading || (mode !== navigating && mode !== 'no-cors')) return;
  throw new RollcallError(
    'FORBIDDEN',
    'A form of a page cannot send this: send it by a script, with the API key in a header',
  );
};
