import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the project. */
export const root = join(import.meta.dirname, '../..');

/** Every TypeScript file of the product, by its path from the project's folder. */
export const files = globSync('{shared,functions,infra,cli,console}/**/*.{ts,tsx}', { cwd: root }).map((file) =>
  file.replaceAll('\\', '/'),
);

/** The text of a file. */
export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Everything that a file imports: files by their paths from the project's folder, packages by their names. */
export const importsOf = (file: string): string[] => {
  const imports = textOf(file).matchAll(
    /(?:^|\n)(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/g,
  );
  return [...imports].map(([, fixed, dynamic]) => resolved(file, fixed ?? dynamic ?? ''));
};

const resolved = (file: string, specifier: string): string => {
  if (specifier.startsWith('#shared/')) return specifier.replace('#shared/', 'shared/');
  if (/^#(infra|test)\//.test(specifier)) return specifier.slice(1);
  if (specifier.startsWith('#')) return `shared/${specifier.slice(1)}`;
  return specifier.startsWith('.') ? join(file, '..', specifier).replaceAll('\\', '/') : specifier;
};

/** The first circle of imports that a walk through the graph meets, from a file to itself, or none. */
export const circleIn = (graph: Readonly<Record<string, readonly string[]>>): readonly string[] => {
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): readonly string[] => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const imported of graph[file] ?? []) {
      const circle = walk(imported, [...way, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of Object.keys(graph)) {
    const circle = walk(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
};
