import { expect, it } from 'vitest';
import { withPlainSchemas } from '#infra/plain-schemas.ts';

const schemas = `// node_modules/@aws-sdk/client-s3/dist-es/schemas/schemas_0.js
var _hH = "httpHeader";
var n0 = "com.amazonaws.s3";
var Put$ = [0, { [_hH]: "x", [other]: 1, ["a"]: 2 }, n0];
`;

it('writes out the names that a file of schemas has for itself, and no others', () => {
  expect(withPlainSchemas(schemas)).toBe(schemas.replace('[_hH]:', '"httpHeader":'));
});

it('leaves every other file alone, whatever names it shares', () => {
  const others = `import "node:fs";
// node_modules/@smithy/core/serde.js
var _hH = "local";
f({ [_hH]: 1 });
// shared/aws/table/keys.ts
f({ [_hH]: 1 });
`;

  expect(withPlainSchemas(others)).toBe(others);
  expect(withPlainSchemas(`${others}${schemas}`)).toBe(`${others}${withPlainSchemas(schemas)}`);
});
