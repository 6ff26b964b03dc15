import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Settings, settingsOf } from '#infra/settings.ts';
import { synthesize } from '#infra/synthesize.ts';

/** A resource of a template, as far as tests look at it. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}

/** A synthesized template. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** A stage with everything that a stage can have. */
export const settingsWithEverything = (): Settings =>
  settingsOf('local', {
    alarmEmail: 'oncall@example.com',
    customerKey: true,
    deletionProtection: false,
    domain: { name: 'contacts.example.com', hostedZone: { id: 'Z0123456789ABC', name: 'example.com' } },
    monthlyBudget: { dollars: 50 },
    tags: { team: 'crm' },
    warmThroughput: { readsPerSecond: 12_000, writesPerSecond: 16_000 },
  });

/** The whole template of a stage, with empty functions and not validated; files of tests that want the same one share it. */
export const templateOf = (settings: Settings = settingsOf('local')): Template => {
  const asked = JSON.stringify(settings);
  const made =
    templates.get(asked) ??
    (synthesize(settings, { outdir: temporaryFolder(), validate: false, stubs: true }).template as Template);
  templates.set(asked, made);
  return made;
};

/** Nobody may change one. */
const templates = new Map<string, Template>();

/** A new folder for one cloud assembly. */
export const temporaryFolder = (): string => mkdtempSync(join(inject('syntheses'), 'one-'));

/** The resources of one type, by logical id. */
export const resourcesOf = ({ Resources }: Template, type: string): [string, Resource][] =>
  Object.entries(Resources).filter(([, resource]) => resource.Type === type);

/** The only resource of a type. */
export const onlyResourceOf = (template: Template, type: string): Resource => {
  const [first, ...others] = resourcesOf(template, type);
  if (!first || others.length > 0) throw new Error(`There are ${others.length + (first ? 1 : 0)} of ${type}`);
  return first[1];
};

/** The logical id that an intrinsic refers to first. */
export const referenceIn = (value: unknown): string => {
  const match = /"(?:Ref|Fn::GetAtt)":\[?"(?!AWS::)([^"]+)"/.exec(JSON.stringify(value));
  if (!match?.[1]) throw new Error(`Nothing is referred to in ${JSON.stringify(value)}`);
  return match[1];
};
