import { digest } from './digest.ts';

/** The same UUID for the same text, so that a repeat gives it the same name. */
export const derivedId = (text: string): string => {
  const hex = digest(text);
  // Version 8 and variant of RFC 9562, for ids that are made in a way of one's own.
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
};
