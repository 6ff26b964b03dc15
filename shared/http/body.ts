import { carriedJson } from '#contract/json-value.ts';
import { RollcallError } from '#domain/error.ts';
import type { ApiEvent } from './api-event.ts';

/**
 * The JSON value of a request's body, whatever its content type says (contract 1.3), as every service carries it; the
 * event notes how much of it was replaced for that.
 * @throws RollcallError BODY_TOO_LARGE before anything is parsed, or INVALID_JSON that says at which place.
 */
export const readJson = (event: ApiEvent, maxBytes: number): unknown => {
  const { value, replaced } = carriedJson(parsed(event, maxBytes));
  event.replaced = (event.replaced ?? 0) + replaced;
  return value;
};

const parsed = (event: ApiEvent, maxBytes: number): unknown => {
  refuseLarge(event, maxBytes);
  const { body = '', isBase64Encoded } = event;
  const text = isBase64Encoded ? decodeUtf8(Buffer.from(body, 'base64')) : body.replace(/^\uFEFF/, '');
  if (text.trim() === '') throw new RollcallError('INVALID_JSON', 'The body is empty, and a JSON object is expected');
  try {
    return JSON.parse(withPlainSpaces(text));
  } catch (error) {
    throw new RollcallError('INVALID_JSON', `The body is not JSON: ${placed(error, text.length)}`);
  }
};

/**
 * The fields of an HTML form; none where the body is something else.
 * @throws RollcallError BODY_TOO_LARGE before anything is parsed.
 */
export const readForm = (event: ApiEvent, maxBytes: number): URLSearchParams => {
  refuseLarge(event, maxBytes);
  const { body = '', isBase64Encoded } = event;
  return new URLSearchParams(isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body);
};

const refuseLarge = ({ body = '', isBase64Encoded }: ApiEvent, maxBytes: number): void => {
  const bytes = isBase64Encoded ? Math.floor((body.length * 3) / 4) : Buffer.byteLength(body);
  if (bytes <= maxBytes) return;
  const message = `The body has about ${bytes} bytes, and at most ${maxBytes} are accepted; send less in a request`;
  throw new RollcallError('BODY_TOO_LARGE', message);
};

/** Requests copied from a web page are indented with no-break spaces, which JSON knows inside strings only. */
const withPlainSpaces = (text: string): string => {
  if (!text.includes('\u00A0')) return text;
  const pieces: string[] = [];
  let isString = false;
  let from = 0;
  for (const { 0: mark, index } of text.matchAll(/\\.|["\u00A0]/gs)) {
    if (mark === '"') isString = !isString;
    if (mark !== '\u00A0' || isString) continue;
    pieces.push(text.slice(from, index), ' ');
    from = index + 1;
  }
  return pieces.join('') + text.slice(from);
};

/**
 * What the parser found wrong and at which place, by position or by the text there; it does not say where a text ended
 * too early.
 */
const placed = (error: unknown, end: number): string => {
  const message = error instanceof Error ? error.message : '';
  return message.startsWith('Unexpected end') ? `${message} at position ${end}` : message;
};

const decodeUtf8 = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RollcallError('INVALID_JSON', `The body is not UTF-8: byte ${firstBadByte(bytes)} starts no character`);
  }
};

/** The first byte that decoding changes. */
const firstBadByte = (bytes: Buffer): number => {
  const replaced = Buffer.from(bytes.toString('utf8'));
  let index = 0;
  while (index < bytes.length && bytes[index] === replaced[index]) index++;
  return index;
};
