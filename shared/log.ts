import { Logger } from '@aws-lambda-powertools/logger';

/** One JSON line a fact: a constant message, facts as fields, ids only and never an address. */
export const log = new Logger();

/**
 * An unexpected error as fields of a log line: its name, its message and where it came from, with everything that may
 * be an address or a phone number masked.
 */
export const errorFields = (error: unknown): { errorName: string; errorMessage: string; errorStack: string[] } => {
  if (!(error instanceof Error)) return { errorName: typeof error, errorMessage: '', errorStack: [] };
  return { errorName: error.name, errorMessage: masked(error.message.slice(0, 500)), errorStack: framesOf(error) };
};

const masked = (text: string): string => text.replace(/(?<!\S)\S*@\S*/g, '…@…').replace(/\d[\d ()-]{5,}\d/g, '…');

const framesOf = ({ stack = '' }: Error): string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 10)
    .map((line) => line.trim());
