import { randomBytes } from 'node:crypto';

/**
 * The tracing header by which Lambda counts how often a chain of messages has invoked each function, in a part of it that is
 * called `Lineage` (Lambda developer guide, "Use Lambda recursive loop detection"). AWS does not document its form.
 */
export type TraceHeader = string;

/** A chain that has invoked nothing yet. */
export const newTrace = (): TraceHeader => {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')};Sampled=0`;
};

/** How often a chain has invoked a function. */
export const invocationsIn = (trace: TraceHeader, functionName: string): number =>
  lineageOf(trace).get(functionName) ?? 0;

/** The chain once it has invoked a function one more time. */
export const withInvocation = (trace: TraceHeader, functionName: string): TraceHeader => {
  const lineage = lineageOf(trace);
  lineage.set(functionName, (lineage.get(functionName) ?? 0) + 1);
  const others = trace.split(';').filter((part) => !part.startsWith(lineagePart));
  const counts = [...lineage].map(([name, count]) => `${name}:${count}`);
  return [...others, `${lineagePart}${counts.join('|')}`].join(';');
};

const lineagePart = 'Lineage=';

const lineageOf = (trace: TraceHeader): Map<string, number> => {
  const part = trace.split(';').find((one) => one.startsWith(lineagePart));
  const counts = part?.slice(lineagePart.length).split('|') ?? [];
  return new Map(counts.map((one) => [one.replace(/:\d+$/, ''), Number(/\d+$/.exec(one)?.[0] ?? 0)]));
};
