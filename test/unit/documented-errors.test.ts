import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorEnvelope } from '#contract/error-envelope.ts';
import { type ErrorCode, errorCatalogue, RollcallError } from '#domain/error.ts';
import { fileErrorCodes } from '#domain/files/file-error.ts';
import { problemCodes } from '#domain/problem.ts';
import { runProblems } from '#domain/workflows/workflow-run.ts';

const codes = [errorCatalogue, fileErrorCodes, problemCodes].flatMap((catalogue) => Object.keys(catalogue));
const text = readFileSync(join(import.meta.dirname, '../../docs/errors.md'), 'utf8');
const sections = text.split(/^### /m).slice(1);
const section = (code: string): string => sections.find((one) => one.startsWith(`${code}\n`)) ?? '';

describe('docs/errors.md', () => {
  it('has one section for each code, and none for a code that is gone', () => {
    const documented = sections.map((one) => one.slice(0, one.indexOf('\n')));

    expect(documented).toEqual(codes);
  });

  it.each(Object.keys(errorCatalogue) as ErrorCode[])('is found by what an answer shows of %s', (code) => {
    const shown = errorEnvelope(new RollcallError(code, 'It failed'), { path: '/', timestamp: '2026-01-05T09:00:00Z' });

    expect(section(shown.code)).not.toBe('');
  });

  it.each(Object.keys(runProblems))('says of %s what becomes of a run of a workflow', (code) => {
    expect(text).toMatch(new RegExp(`^\\|[^|]*\`${code}\`[^|]*\\| [^|]+ \\| [^|]+ \\|$`, 'm'));
  });

  it.each(Object.entries(errorCatalogue))('tells the status of %s', (code, { status }) => {
    expect(section(code)).toContain(`HTTP ${status}.`);
  });

  it.each(codes)('has an example and a cure for %s', (code) => {
    const [before, example, after] = section(code).split('```');

    expect(before?.split('\n').slice(1).join('').trim()).not.toBe('');
    expect(example).toMatch(/^(http|json)\n./);
    expect(after?.trim()).not.toBe('');
  });
});
