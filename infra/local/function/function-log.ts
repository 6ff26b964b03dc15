import { isShown, type LogLevel } from './log-level.ts';
import type { FunctionError } from './messages.ts';

/** The output for the log lines of functions. */
export interface FunctionLog {
  /** From which level on functions hand their lines over. */
  readonly level: LogLevel;
  /** Lines that a function wrote. */
  lines(functionName: string, lines: readonly string[]): void;
  failed(functionName: string, error: FunctionError): void;
}

/** Shows the log lines of functions from a level on, and the failure of a function from WARN. */
export const functionLog = (level: LogLevel, write: (line: string) => void): FunctionLog => ({
  level,
  lines: (functionName, lines) => {
    for (const line of lines) write(`[${functionName}] ${line}`);
  },
  failed: (functionName, { errorType, errorMessage }) => {
    if (isShown('WARN', level)) write(`[${functionName}] ${errorType}: ${errorMessage}`);
  },
});
