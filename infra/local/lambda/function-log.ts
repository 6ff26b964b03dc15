import type { FunctionError } from './messages.ts';

/** Where the output of functions goes. */
export interface FunctionLog {
  /** A piece of what a function wrote. */
  output(functionName: string, text: string): void;
  failed(functionName: string, error: FunctionError): void;
}

/** The levels that can be asked for; each shows itself and what is worse. */
export const logLevels = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'SILENT'] as const;

export type LogLevel = (typeof logLevels)[number];

/**
 * Shows the log lines of functions from a level on. A line of JSON says its own level; metrics and plain text count as
 * INFO, the failure of a function as WARN.
 */
export const functionLog = (level: LogLevel, write: (line: string) => void): FunctionLog => {
  const lowest = logLevels.indexOf(level);
  const show = (at: LogLevel, functionName: string, line: string) => {
    if (logLevels.indexOf(at) >= lowest) write(`[${functionName}] ${line}`);
  };

  return {
    output: (functionName, text) => {
      for (const line of text.split('\n')) if (line.trim() !== '') show(levelOf(line), functionName, line);
    },
    failed: (functionName, { errorType, errorMessage }) => show('WARN', functionName, `${errorType}: ${errorMessage}`),
  };
};

const levelOf = (line: string): LogLevel => {
  const named = /^\{.*?"level":"([A-Z]+)"/.exec(line)?.[1];
  if (named === 'CRITICAL') return 'ERROR';
  return logLevels.find((level) => level === named) ?? 'INFO';
};
