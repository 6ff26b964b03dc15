import { WebError } from '#domain/web/web-error.ts';

/** A signal that aborts by a WebError TIMED_OUT after so long, without keeping the process. */
export const timeoutOf = (milliseconds: number, message: string): AbortSignal => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new WebError('TIMED_OUT', message)), milliseconds).unref();
  return controller.signal;
};
