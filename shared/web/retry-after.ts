import type { WebAnswer } from '#domain/web/ports.ts';

/** When a server wants to be asked again: after seconds, or at a time by its own clock (RFC 9110, 10.2.3). */
export const retryAfterSecondsOf = ({
  date = '',
  'retry-after': retryAfter = '',
}: WebAnswer['headers']): number | undefined => {
  if (/^\d{1,6}$/.test(retryAfter)) return Number(retryAfter);
  const seconds = Math.ceil((Date.parse(retryAfter) - Date.parse(date)) / 1000);
  return seconds >= 0 ? seconds : undefined;
};
