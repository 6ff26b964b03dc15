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

const errors = `// node_modules/@aws-sdk/client-s3/dist-es/models/errors.js
var Seen = class extends Base {
};
var Unseen = class extends Base {
};
var Again = class extends Base {
  $retryable = {};
};
`;
const registrations = `// node_modules/@aws-sdk/client-s3/dist-es/schemas/schemas_0.js
var _s_registry = TypeRegistry.for(_s);
_s_registry.registerError(S3ServiceException$, S3ServiceException);
n0_registry.registerError(Seen$, Seen);
n0_registry.registerError(Unseen$, Unseen);
n0_registry.registerError(Again$2, Again);
`;

it('leaves out the class of an error that no code names and nothing tries again', () => {
  const own = `// shared/aws/table/transaction.ts
if (error instanceof Seen) throw error;
`;

  expect(withPlainSchemas(`${errors}${registrations}${own}`)).toBe(
    `${errors}${registrations.replace('n0_registry.registerError(Unseen$, Unseen);\n', '')}${own}`,
  );
});
