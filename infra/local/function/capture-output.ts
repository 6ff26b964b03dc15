import { isShown, type LogLevel, levelOfLine } from './log-level.ts';

/**
 * Takes what a function writes before it reaches the worker's streams, which are slow, and hands over the lines that
 * are shown. Most are not, and never leave the thread.
 */
export const captureOutput = (lowest: LogLevel, handOver: (lines: readonly string[]) => void): void => {
  const write = (chunk: string | Uint8Array, ...others: unknown[]): boolean => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const lines = text.split('\n').filter((line) => line.trim() !== '' && isShown(levelOfLine(line), lowest));
    if (lines.length > 0) handOver(lines);
    const callback = others.at(-1);
    if (typeof callback === 'function') queueMicrotask(() => callback());
    return true;
  };
  Object.assign(process.stdout, { write });
  Object.assign(process.stderr, { write });
};
