import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = 'infra/local';
const files = globSync(`${root}/**/*.ts`).map((file) => file.replaceAll('\\', '/'));

/** What each file imports of the local stack. */
const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\bfrom '(\.[^']+)'/g)]
    .map(([, path = '']) => join(dirname(file), path).replaceAll('\\', '/'))
    .filter((path) => path.startsWith(`${root}/`));

const edgesOf = (nodeOf: (file: string) => string) =>
  Map.groupBy(
    files.flatMap((file) => importsOf(file).map((imported) => [nodeOf(file), nodeOf(imported)] as const)),
    ([from]) => from,
  );

/** The folder of a resource, whatever the depth of a file in it. */
const folderOf = (file: string): string => dirname(file).split('/').slice(0, 3).join('/');

/** The nodes that are reached from themselves. */
const circlesIn = (edges: ReturnType<typeof edgesOf>): string[] => {
  const reachedFrom = (start: string): Set<string> => {
    const reached = new Set<string>();
    const waiting = [start];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      for (const [, to] of edges.get(node) ?? []) {
        if (!reached.has(to)) waiting.push(to);
        reached.add(to);
      }
    }
    return reached;
  };
  return [...edges.keys()].filter((node) => reachedFrom(node).has(node));
};

describe('the local stack', () => {
  test('has no file that imports itself by way of others', () => {
    expect(circlesIn(edgesOf((file) => file))).toEqual([]);
  });

  test('has no folder that imports itself by way of others', () => {
    const between = [...edgesOf(folderOf)].map(
      ([from, edges]) => [from, edges.filter(([, to]) => to !== from)] as const,
    );

    expect(circlesIn(new Map(between))).toEqual([]);
    expect(between.length).toBeGreaterThan(10);
  });
});
