import type { FileReader } from '#domain/files/contact-file.ts';
import { openFile, resumeFile } from './open-file.ts';

/** Reads files of contacts that have so many bytes at most, unpacked. */
export const fileReader = (maxBytes: number): FileReader => ({
  openFile: (source, options) => openFile({ ...source, maxBytes }, options),
  resumeFile: (source, format) => resumeFile({ ...source, maxBytes }, format),
});
