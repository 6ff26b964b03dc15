import { log } from '#shared/log.ts';
import type { ApiMiddyRequest } from './api-event.ts';

/** Says in a header of the answer, and in the log, how much of a request was replaced because nothing carries it. */
export const warnOfReplaced = () => {
  const warn = ({ event, response }: ApiMiddyRequest): void => {
    const count = event.replaced ?? 0;
    if (count === 0 || !response) return;
    log.warn('Parts of a request were replaced', { requestId: event.requestContext?.requestId, count });
    const text = `199 rollcall "Replaced ${count} texts, numbers or deeply nested values that cannot be stored as they came"`;
    const { Warning: before } = response.headers ?? {};
    response.headers = { ...response.headers, Warning: before === undefined ? text : `${before}, ${text}` };
  };
  return { after: warn, onError: warn };
};
