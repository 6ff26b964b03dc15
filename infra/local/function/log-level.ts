/** The levels that can be asked for; each shows itself and what is worse. */
export const logLevels = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'SILENT'] as const;

export type LogLevel = (typeof logLevels)[number];

/** Whether something of a level is shown if `lowest` is asked for. */
export const isShown = (level: LogLevel, lowest: LogLevel): boolean =>
  logLevels.indexOf(level) >= logLevels.indexOf(lowest);

/** The level of a function's log line: JSON says its own; metrics and plain text count as INFO. */
export const levelOfLine = (line: string): LogLevel => {
  const named = /^\{.*?"level":"([A-Z]+)"/.exec(line)?.[1];
  if (named === 'CRITICAL') return 'ERROR';
  return logLevels.find((level) => level === named) ?? 'INFO';
};
