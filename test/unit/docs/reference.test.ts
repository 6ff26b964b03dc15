import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { operations } from '#contract/operations.ts';
import { settingsSchema } from '#infra/settings.ts';
import { scopes } from '#names/access.ts';
import { defaultRatePerSecond, type Operation, type Route, routes } from '#names/routes.ts';
import { limitsTable } from './limits-table.ts';

const reference = new URL('../../../docs/reference.md', import.meta.url);

test('docs/reference.md lists the routes, the access levels, the settings and the limits as they are', async () => {
  const text = await readFile(reference, 'utf8');

  const renewed = Object.entries(sections).reduce((before, [name, lines]) => withSection(before, name, lines()), text);

  await expect(renewed).toMatchFileSnapshot(reference.pathname);
});

test('stages/schema.json tells editors of every setting', async () => {
  const schema = z.toJSONSchema(settingsSchema, { io: 'input' });
  const properties = { $schema: { type: 'string' }, ...schema.properties };

  const text = JSON.stringify({ ...schema, title: 'Settings of a stage of Rollcall', properties }, null, 2);

  await expect(`${text}\n`).toMatchFileSnapshot('../../../stages/schema.json');
});

test('README.md stays short enough to be read', async () => {
  const lines = (await readFile(new URL('../../../README.md', import.meta.url), 'utf8')).split('\n');

  expect(lines.length).toBeLessThanOrEqual(200);
});

/** What stands between `<!-- name -->` and `<!-- /name -->`. */
const sections = {
  routes: () => [
    '| method | path | operation | right | requests a second |',
    '|---|---|---|---|---|',
    ...Object.entries<Route>(routes).flatMap(([operation, { method, paths, ratePerSecond }]) =>
      paths.map(
        (path) =>
          `| ${method} | \`${path}\` | ${operation} | ${operations[operation as Operation].access} | ${ratePerSecond ?? defaultRatePerSecond} |`,
      ),
    ),
  ],
  scopes: () => [
    '| scope | rights |',
    '|---|---|',
    ...Object.entries(scopes).map(([scope, rights]) => `| \`${scope}\` | ${rights.join(', ')} |`),
  ],
  limits: limitsTable,
  settings: () => ['| setting | default | what it is |', '|---|---|---|', ...settings.map(settingLine)],
};

const settings = Object.entries(
  z
    .object({
      properties: z.record(z.string(), z.object({ description: z.string(), default: z.unknown().optional() })),
    })
    .parse(z.toJSONSchema(settingsSchema, { io: 'input' })).properties,
);

const settingLine = ([name, { description, default: byDefault }]: (typeof settings)[number]): string =>
  `| \`${name}\` | ${byDefault === undefined ? '' : `\`${JSON.stringify(byDefault)}\``} | ${description} |`;

const withSection = (text: string, name: string, lines: readonly string[]): string => {
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined)
    throw new Error(`docs/reference.md has no section between ${begin.trim()} and ${end.trim()}`);
  return `${before}${begin}\n${lines.join('\n')}\n\n${end}${after}`;
};
