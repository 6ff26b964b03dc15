import type { FileFormat, Position } from '#domain/files/contact-file.ts';
import type { Problem } from '#domain/problem.ts';
import type { BoundedSource } from './bounded-source.ts';
import { linesFrom, type PlacedRecord } from './read-placed-records.ts';
import { isCutBeforeDecoding } from './text-decoder.ts';
import { cellsOfCard, readProperty, type VcardProperty } from './vcard-cells.ts';

/** Whether a text begins as vCards do. */
export const isVcard = (head: string): boolean => /^\uFEFF?\s*BEGIN:VCARD(\s|$)/i.test(head);

/** What a card may have of one property, and in all; pictures and sounds are skipped whatever they have. */
const maxPropertyLength = 20_000;
const maxCardLength = 200_000;

/** A card of which the end has not come yet. */
interface StartedCard {
  readonly line: number;
  readonly properties: VcardProperty[];
  /** The lines of the latest property, unfolded. */
  text: string;
  length: number;
  /** Whether a card within it is open: an assistant, of whom nothing is read. */
  isWithin: boolean;
  problem?: Problem;
}

/**
 * The cards of a file from a position on, each as a row with the columns of `vcardHeader`, whatever its version is. A card
 * without an end fails alone.
 */
export async function* readVcards(
  source: BoundedSource,
  format: FileFormat,
  after: Position,
): AsyncGenerator<PlacedRecord[], void> {
  const isDirect = format.compression === 'none' && isCutBeforeDecoding(format.encoding);
  const from = isDirect ? after.byte : undefined;
  let line = from === undefined ? 0 : after.line;
  let started: StartedCard | undefined;
  for await (const lines of linesFrom(source, format, from)) {
    const records: PlacedRecord[] = [];
    for (const { text, end, isCut } of lines) {
      line += 1;
      if (line <= after.line) continue;
      const next = { line, ...(isDirect && { byte: (from ?? 0) + end }) };
      const bare = text.replace(/(?<!\r)\r+$/, '');
      if (started?.isWithin) started.isWithin = !isMark(bare, 'END');
      else if (started && isMark(bare, 'BEGIN') && isOfAgent(started)) started.isWithin = true;
      else if (isMark(bare, 'BEGIN')) {
        const before = { line: line - 1, ...(isDirect && { byte: (from ?? 0) + end - Buffer.byteLength(text) - 1 }) };
        if (started) records.push(recordOf(started, before, notClosed));
        started = { line, properties: [], text: '', length: 0, isWithin: false };
      } else if (started && isMark(bare, 'END')) {
        records.push(recordOf(started, next));
        started = undefined;
      } else if (started) addLine(started, bare, isCut);
    }
    if (records.length > 0) yield records;
  }
  if (started) yield [recordOf(started, { line }, notClosed)];
}

const isMark = (line: string, mark: 'BEGIN' | 'END'): boolean => line.trim().toUpperCase() === `${mark}:VCARD`;

const isOfAgent = ({ text }: StartedCard): boolean => /^([\w-]+\.)?AGENT:\s*$/i.test(text);

/** Lines that begin with white space go on with the one before; those of quoted-printable do after an equals sign. */
const addLine = (card: StartedCard, line: string, isCut = false): void => {
  const isQuoted = /^[^:]*;(ENCODING=)?QUOTED-PRINTABLE/i.test(card.text) && card.text.endsWith('=');
  if (isQuoted) card.text = keep(card, `${card.text.slice(0, -1)}${line}`, isCut);
  else if (/^[ \t]/.test(line)) card.text = keep(card, card.text + line.slice(1), isCut);
  else {
    endProperty(card);
    card.text = keep(card, line, isCut);
  }
};

/** Pictures, sounds and keys are not kept, nor is what no property has. */
const keep = (card: StartedCard, text: string, isCut: boolean): string => {
  if (/^([\w-]+\.)?(PHOTO|LOGO|SOUND|KEY)[;:]/i.test(text)) return text.slice(0, 10);
  if (isCut || text.length > maxPropertyLength) card.problem ??= tooLong;
  return text.slice(0, maxPropertyLength);
};

const endProperty = (card: StartedCard): void => {
  const { length } = card.text;
  const property = readProperty(card.text);
  card.text = '';
  if (!property) return;
  // Names and parameters count, too: a card might have any number of properties without a value.
  card.length += length;
  if (card.length > maxCardLength) card.problem ??= tooLong;
  else card.properties.push(property);
};

const recordOf = (card: StartedCard, next: PlacedRecord['next'], fault?: Problem): PlacedRecord => {
  endProperty(card);
  const problem = fault ?? card.problem;
  const cells = cellsOfCard(card.properties);
  return { cells, line: card.line, lastLine: next.line, end: 0, next, ...(problem && { problem }) };
};

const notClosed: Problem = { code: 'BROKEN_CARD', field: 'row', message: 'The vCard has no line END:VCARD' };

const tooLong: Problem = {
  code: 'BROKEN_CARD',
  field: 'row',
  message: `The vCard has a property with more than ${maxPropertyLength} characters that is no picture, or ${maxCardLength} in all`,
};
