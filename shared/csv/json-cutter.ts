import type { JsonForm } from '#domain/files/contact-file.ts';
import { fileLimits } from './file-limits.ts';

/** The text of one element of a list, and the line on which it begins, from 1. */
export interface JsonElement {
  readonly text: string;
  readonly line: number;
  /** It is longer than a row may be, and `text` is its beginning. */
  readonly isCut: boolean;
}

/** How deep the elements lie in a form. */
const depths: Readonly<Record<Exclude<JsonForm, 'lines'>, number>> = { objects: 0, list: 1, contacts: 2 };

/** The list of contacts in the body of a bulk request. */
const contactsMember = 'contacts';

/**
 * Cuts elements out of JSON, however its text comes, and holds no more than one of them: what an element says is for
 * `JSON.parse`. Commas too many do no harm.
 */
export const jsonCutter = (form: Exclude<JsonForm, 'lines'>) => {
  const base = depths[form];
  const element = startedElement();
  let [depth, line] = [0, 1];
  let [isInText, isEscaped] = [false, false];
  let isInList = form !== 'contacts';
  let member = '';
  let hasEnded = false;

  const readText = (character: string): void => {
    if (isEscaped) isEscaped = false;
    else if (character === '\\') isEscaped = true;
    else if (character === '"') isInText = false;
    else if (depth === 1 && member.length <= contactsMember.length) member += character;
  };

  const open = (character: string): void => {
    if (form === 'contacts' && depth === 1 && character === '[' && member === contactsMember) isInList = true;
    depth += 1;
  };

  /** Whether a bracket ends the element that it belongs to. */
  const close = (): boolean => {
    depth -= 1;
    if (form === 'objects') return depth <= 0;
    const isEnd = isInList && depth < base;
    if (isEnd) {
      hasEnded = true;
      isInList = form !== 'contacts';
    }
    return isEnd;
  };

  /** The elements that end in the next piece of the text. */
  const cut = (piece: string): JsonElement[] => {
    const elements: JsonElement[] = [];
    const end = (at: number) => elements.push(...element.end(piece, at));
    element.goOn();
    for (let at = 0; at < piece.length; at += 1) {
      const character = piece.charAt(at);
      if (character === '\n') line += 1;
      if (isInText) readText(character);
      else if (!/\s/.test(character)) {
        const isAtBase = isInList && depth === base;
        if (character === ',' && isAtBase) end(at);
        else if (isAtBase && character !== ']' && character !== '}') element.begin(at, line);
        if (character === '"') {
          isInText = true;
          member = '';
        } else if (character === '{' || character === '[') open(character);
        else if ((character === '}' || character === ']') && close()) end(form === 'objects' ? at + 1 : at);
      }
    }
    element.pause(piece);
    return elements;
  };

  return {
    cut,
    /** The line on which an element begins that has no end; absent if the text has one. */
    openLine: (): number | undefined => element.line() ?? (hasEnded || form === 'objects' ? undefined : line),
  };
};

/** An element of which the end has not come yet; only as much of it is held as a row may have. */
const startedElement = () => {
  let kept = '';
  let length = 0;
  let from = 0;
  let begun: number | undefined;
  const take = (text: string): void => {
    length += text.length;
    if (kept.length <= fileLimits.rowBytes) kept += text;
  };
  return {
    line: () => begun,
    begin: (at: number, line: number): void => {
      if (begun !== undefined) return;
      begun = line;
      from = at;
    },
    /** A piece ends within it. */
    pause: (piece: string): void => {
      if (begun !== undefined) take(piece.slice(from));
    },
    /** The next piece begins. */
    goOn: (): void => {
      from = 0;
    },
    end: (piece: string, at: number): JsonElement[] => {
      if (begun === undefined) return [];
      take(piece.slice(from, at));
      const isCut = length > fileLimits.rowBytes;
      const whole = { text: isCut ? kept.slice(0, fileLimits.keptBytes) : kept.trim(), line: begun, isCut };
      kept = '';
      length = 0;
      begun = undefined;
      return [whole];
    },
  };
};
