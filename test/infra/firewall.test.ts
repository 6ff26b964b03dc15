import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
// In there, as what the guide imports is found from where its file lies.
const folder = mkdtempSync(join(root, 'node_modules', '.rollcall-guide-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('the firewall of docs/guides/floods.md is one that can be deployed, and counts requests without a key apart', async () => {
  const guide = readFileSync(join(root, 'docs/guides/floods.md'), 'utf8');
  const code = /```ts\n(.*?)```/s.exec(guide)?.[1] ?? '';
  const file = join(folder, 'firewall.ts');
  writeFileSync(file, code);
  const { Firewall } = await import(/* @vite-ignore */ file);

  const stack = new Firewall(new App(), 'Firewall', 'api.example.com', { env: { region: 'us-east-1' } });
  const template = Template.fromStack(stack);

  const rules = Object.values(template.findResources('AWS::WAFv2::WebACL'))[0]?.Properties.Rules;
  expect(rules.map(({ Name }: { readonly Name: string }) => Name)).toEqual(['withoutKey', 'anybody']);
  expect(rules[0].Statement.RateBasedStatement.ScopeDownStatement.NotStatement).toBeDefined();
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: { WebACLId: { 'Fn::GetAtt': ['Acl', 'Arn'] } },
  });
});
