import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionNameOf } from '#names/function-name.ts';
import { type Route, routes } from '#names/routes.ts';

const root = join(import.meta.dirname, '../../..');
const folders = globSync('functions/*/', { cwd: root }).map((folder) => folder.replace(/^functions\/|\/$/g, ''));

describe('handlers', () => {
  it.each(Object.entries<Route>(routes))('exist for %s', (operation, route) => {
    expect(folders).toContain(functionNameOf(operation, route));
  });
});
