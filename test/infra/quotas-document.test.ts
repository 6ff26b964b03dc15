import { expect, test } from 'vitest';
import { quotas } from '#infra/local/quota/quotas.ts';

test('docs/quotas.md lists the quotas that the local stack holds', async () => {
  const rows = Object.values(quotas).map(
    ({ limit, unit, source }) => `| ${limit.toLocaleString('en-US')} | ${unit} | [source](${source}) |`,
  );
  const document = [introduction, '| limit | of what | |', '|---:|---|---|', ...rows];

  await expect(`${document.join('\n')}\n`).toMatchFileSnapshot('../../docs/quotas.md');
});

const introduction = `# Quotas of AWS that the local stack holds

Generated from [quotas.ts](../infra/local/quota/quotas.ts). Requests over a quota get the error that AWS gives; a template over one
is refused at the start. [quotas.test.ts](../test/integration/local/quotas.test.ts) hits each of them.

Units a second of a partition key, conflicts of transactions and the rate of a new account of Amazon SES hold only if \`STRAIN\`
asks for them ([reference.md](reference.md)), as they would slow down whatever is not about them. Amazon S3 refuses
conditional writes whose condition does not hold, always.
`;
