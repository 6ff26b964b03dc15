import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import * as z from 'zod';
import { CannotStart } from '../engine/engine.ts';
import { compilePattern, type Matcher } from './event-pattern.ts';

/** What takes the events of a rule: a program that reads one from its input, or an address that one is posted to. */
export type OwnTarget = { readonly command: readonly string[] } | { readonly url: string };

/** A consumer of a developer's own. */
export interface OwnRule {
  readonly name: string;
  readonly matches: Matcher;
  readonly target: OwnTarget;
}

const isOnThisMachine = (url: string): boolean =>
  /^(127(\.\d+){3}|\[::1\]|localhost)$/.test(URL.parse(url)?.hostname ?? '');

const ruleSchema = z.strictObject({
  name: z.string().min(1).optional(),
  pattern: z.record(z.string(), z.unknown()),
  target: z.union(
    [
      z.strictObject({ command: z.array(z.string()).min(1) }),
      z.strictObject({
        url: z
          .url({ protocol: /^https?$/ })
          .refine(isOnThisMachine, 'has to be on this machine, e.g. http://127.0.0.1:3000/events'),
      }),
    ],
    { error: 'has to be {"command": ["node", "consumer.js"]} or {"url": "http://127.0.0.1:3000/events"}' },
  ),
});

/** Reads files with one rule each, or a list of them. Throws `CannotStart` that names the file and what is wrong. */
export const readOwnRules = (files: readonly string[]): OwnRule[] => files.flatMap(rulesIn);

const rulesIn = (file: string): OwnRule[] => {
  try {
    const rules = readRules(JSON.parse(readFileSync(file, 'utf8')));
    return rules.map(({ name, pattern, target }, index) => ({
      name: name ?? (rules.length > 1 ? `${basename(file)}[${index}]` : basename(file)),
      matches: compilePattern(pattern),
      target,
    }));
  } catch (error) {
    throw new CannotStart(`The rule ${file} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const readRules = (content: unknown): z.output<typeof ruleSchema>[] => {
  const schema = Array.isArray(content) ? z.array(ruleSchema).min(1) : ruleSchema.transform((rule) => [rule]);
  const read = schema.safeParse(content);
  if (read.success) return read.data;
  const issues = read.error.issues.map(({ path, message }) => [...path, message].join(': '));
  throw new Error(issues.join('; '));
};
