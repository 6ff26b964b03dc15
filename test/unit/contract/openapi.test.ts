import { join } from 'node:path';
import { validate } from '@readme/openapi-parser';
import { expect, it } from 'vitest';
import { openApiDocument } from '#contract/openapi.ts';
import { routes } from '#names/routes.ts';
import manifest from '../../../package.json' with { type: 'json' };

const document = openApiDocument(manifest.version);

it('is the document in docs/openapi.json (after a change: npm run docs)', async () => {
  await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, '../../../docs/openapi.json'),
  );
});

it('is a valid OpenAPI document', async () => {
  // A copy, as the validator puts what references lead to in their places.
  expect(await validate(structuredClone(document) as never)).toMatchObject({ valid: true, warnings: [] });
});

it('describes every path of the route table', () => {
  const paths = Object.values(routes).flatMap(({ paths }) => paths.map((path) => path.replace('+}', '}')));

  expect(Object.keys(document.paths ?? {}).sort()).toEqual([...new Set(paths)].sort());
});
