import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { routes } from '#names/routes.ts';

const root = join(import.meta.dirname, '../../..');
const folders = globSync('functions/*/', { cwd: root }).map((folder) => folder.replace(/^functions\/|\/$/g, ''));
const folderOf = (operation: string): string => operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

describe('handlers', () => {
  it.each(Object.keys(routes))('exist for %s', (operation) => {
    expect(folders).toContain(folderOf(operation));
  });
});
