import type { SaveRule } from '#domain/contacts/plan.ts';
import type { FileFormat } from '#domain/files/contact-file.ts';
import type { Segment } from '#domain/segments/segment.ts';

/** A save rule as an import has it, with whatever the test is about. */
export const saveRule = (about: Partial<SaveRule> = {}): SaveRule => ({
  dedupeOn: 'email',
  confirmed: true,
  restoreDeleted: false,
  token: 'session#1',
  now: '2026-01-05T09:00:00.000Z',
  source: 'IMPORT',
  definitions: new Map(),
  joins: [],
  leaves: [],
  ...about,
});

/** A static segment in its first epoch, with whatever the test is about. */
export const segmentOf = (id: number, about: Partial<Segment> = {}): Segment => ({
  id,
  name: `Segment ${id}`,
  type: 'Static',
  epoch: 1,
  ...about,
});

/** The format of a plain file of one column, with whatever the test is about. */
export const fileFormat = (about: Partial<FileFormat> = {}): FileFormat => ({
  compression: 'none',
  encoding: 'utf-8',
  delimiter: ',',
  newline: '\n',
  width: 1,
  start: { row: 0, line: 0, byte: 0 },
  notes: [],
  ...about,
});
