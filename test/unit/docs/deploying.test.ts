import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { settingsSchema } from '#infra/settings.ts';
import { table } from '#names/table.ts';
import { keys } from '../../../shared/aws/table/keys.ts';

const root = join(import.meta.dirname, '../../..');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

const step = z.union([
  z.strictObject({ run: z.string() }),
  z.strictObject({ uses: z.string(), with: z.record(z.string(), z.unknown()).optional() }),
]);

const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.strictObject({ push: z.strictObject({ branches: z.array(z.string()) }), workflow_dispatch: z.null() }),
  concurrency: z.strictObject({ group: z.string() }),
  permissions: z.record(z.string(), z.enum(['read', 'write'])),
  jobs: z.record(
    z.string(),
    z.strictObject({
      if: z.string(),
      needs: z.string().optional(),
      'runs-on': z.literal('ubuntu-latest'),
      environment: z.string(),
      permissions: z.strictObject({ contents: z.literal('read'), 'id-token': z.literal('write') }),
      steps: z.array(step),
    }),
  ),
});

describe('the workflow for GitHub Actions', () => {
  const workflow = workflowSchema.parse(parse(textOf('.github/workflows/deploy.yml')));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it('lets a stage be deployed by its own environment, and prod after staging', () => {
    expect(Object.entries(workflow.jobs).map(([name, { needs, environment }]) => [name, needs, environment])).toEqual([
      ['staging', undefined, 'staging'],
      ['prod', 'staging', 'prod'],
    ]);
    for (const [stage, job] of Object.entries(workflow.jobs)) {
      const commands = job.steps.flatMap((one) => ('run' in one ? one.run : []));
      expect(commands.slice(-2)).toEqual([
        `npx cdk deploy -c stage=${stage} --require-approval never`,
        `npm run smoke -- --stage ${stage}`,
      ]);
    }
  });

  it('uses actions of GitHub and AWS alone, in a version, and takes on a role without a stored key', () => {
    const uses = new Set(steps.flatMap((one) => ('uses' in one ? one.uses : [])));
    const credentials = steps.find((one) => 'uses' in one && one.uses.startsWith('aws-actions/'));

    expect([...uses].sort()).toEqual([
      'actions/checkout@v5',
      'actions/setup-node@v5',
      'aws-actions/configure-aws-credentials@v5',
    ]);
    expect(credentials).toMatchObject({
      with: { 'role-to-assume': '${{ vars.ROLLCALL_ROLE }}', 'aws-region': '${{ vars.ROLLCALL_REGION }}' },
    });
    expect(textOf('.github/workflows/deploy.yml')).not.toMatch(/secrets\.|aws-access-key/);
  });
});

describe('the role of GitHub Actions', () => {
  const text = textOf('docs/guides/github-deploy-role.yaml');
  // The short forms of intrinsics: what they hold is read as it is.
  const tags = ['Sub', 'Ref', 'If', 'Equals', 'GetAtt'].flatMap((name) => [
    { tag: `!${name}`, resolve: (value: string) => value },
    { tag: `!${name}`, collection: 'seq' as const, resolve: (value: unknown) => value },
  ]);
  const template = parse(text, { customTags: tags }) as {
    Resources: { Role: { Properties: Record<string, unknown> } };
  };
  const role = z
    .object({
      AssumeRolePolicyDocument: z.object({
        Statement: z.tuple([z.object({ Action: z.string(), Condition: z.unknown() })]),
      }),
      Policies: z.tuple([
        z.object({
          PolicyDocument: z.object({
            Statement: z.array(
              z.object({
                Action: z.union([z.string(), z.array(z.string())]),
                Resource: z.unknown(),
                Condition: z.unknown().optional(),
              }),
            ),
          }),
        }),
      ]),
    })
    .parse(template.Resources.Role.Properties);
  const statements = role.Policies[0].PolicyDocument.Statement;

  it('is taken on by the environment of one repository', () => {
    const [trust] = role.AssumeRolePolicyDocument.Statement;

    expect(trust.Action).toBe('sts:AssumeRoleWithWebIdentity');
    expect(trust.Condition).toEqual({
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:${Repository}:environment:${Stage}',
      },
    });
  });

  it('may do nothing on everything', () => {
    const actions = statements.flatMap(({ Action }) => Action);

    expect(actions.filter((action) => !/^[a-z]+:[A-Z][A-Za-z]+$/.test(action))).toEqual([]);
    expect(new Set(actions.map((action) => action.split(':')[0]))).toEqual(
      new Set(['sts', 'cloudformation', 'dynamodb', 'kms']),
    );
    expect(statements.map(({ Resource }) => Resource)).not.toContain('*');
  });

  it('reads and writes the keys of the table, and nothing of people', () => {
    const ofTable = statements.find(({ Action }) => Action.includes('dynamodb:Query'));

    expect(ofTable?.Condition).toEqual({
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [table.apiKeyPartition, table.signingKeyPartition] },
    });
  });
});

const guides = readdirSync(join(root, 'docs/guides')).filter((file) => file.endsWith('.md'));

/** Code of the guides, by its language. */
const code = guides.flatMap((guide) =>
  [...textOf(`docs/guides/${guide}`).matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```/gm)].map(
    ([, language = '', text = '']) => ({
      guide,
      language,
      text,
    }),
  ),
);

test('guides name settings that there are, with values that these may have', () => {
  const snippets = code.filter(
    ({ guide, language }) => language === 'json' && ['production.md', 'restore.md', 'upgrade.md'].includes(guide),
  );
  const settings = snippets
    .filter(({ text }) => /^\s*("|\{\s*"\$schema)/.test(text))
    .map(({ text }) => JSON.parse(text.trim().startsWith('{') ? text : `{${text.trim().replace(/,$/, '')}}`));

  expect(settings.length).toBeGreaterThan(3);
  for (const { $schema: _, ...given } of settings) {
    expect(settingsSchema.safeParse(given).error?.issues ?? [], JSON.stringify(given)).toEqual([]);
  }
});

test('the guide to restoring names sequences, keys and members as the table has them', () => {
  const text = textOf('docs/guides/restore.md');
  const names = /for name in ([\w ]+);/.exec(text)?.[1]?.split(' ') ?? [];

  expect(names.map((name) => keys.sequence(name as 'contact').pk)).toEqual(
    ['contact', 'segment', 'field', 'order', 'template'].map((name) => `SEQUENCE#${name}`),
  );
  expect(keys.sequence('contact').sk).toBe('SEQUENCE');
  expect(textOf('shared/aws/table/sequence.ts')).toContain("'ADD lastId :count'");
  expect(text).toContain('ADD lastId :more');
  expect(text).toContain(`AttributeName=${table.timeToLive}`);
  expect(text).toContain(`"${table.suppressionPrefix}"`);
  expect(keys.signingKey).toEqual({ pk: 'SIGNINGKEY', sk: 'SIGNINGKEY' });
});

test('README.md leads to every guide', () => {
  const readme = textOf('README.md');

  expect(guides.filter((guide) => !readme.includes(`(docs/guides/${guide})`))).toEqual([]);
  expect(existsSync(join(root, '.github/workflows/deploy.yml'))).toBe(true);
});
