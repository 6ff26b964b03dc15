import { registerHooks } from 'node:module';
import { expect, test } from 'vitest';

// It asks for `typescript` and means the one before version 7, which has no such interface any more.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'typescript' ? '@typescript/typescript6' : specifier, context),
});
const { default: openapiTypes, astToString } = await import('openapi-typescript');

test('the console’s client has the types of docs/openapi.json (after a change: npm run docs)', async () => {
  const document = new URL('../../../docs/openapi.json', import.meta.url);

  const types = astToString(await openapiTypes(document, { defaultNonNullable: false }));

  const file = new URL('../../../console/api/openapi.d.ts', import.meta.url);
  await expect(`/** Made of docs/openapi.json by \`npm run docs\`. */\n${types}`).toMatchFileSnapshot(file.pathname);
});
