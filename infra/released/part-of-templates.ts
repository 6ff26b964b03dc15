import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template, TemplateResource } from '../local/template/template.ts';

/** What an update must not get wrong: resources that hold data, whole, and whatever has a name of its own, by that name. */
export type ReleasedPart = Readonly<Record<string, Readonly<Record<string, TemplateResource>>>>;

/** Resources whose replacement would lose what is in them. */
export const holdsData: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::Table',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::Events::EventBus',
  'AWS::StepFunctions::StateMachine',
]);

/** What the templates of a cloud assembly say that updates depend on, by stack and by logical id. */
export const partOfTemplates = (directory: string): ReleasedPart =>
  Object.fromEntries(
    readdirSync(directory)
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => {
        const { Resources = {} } = JSON.parse(readFileSync(join(directory, file), 'utf8')) as Template;
        return [stackOf(file), Object.fromEntries(Object.entries(Resources).flatMap(partOf))];
      }),
  );

/** `main`, or the name of a nested stack as in `http-api.ts`. */
const stackOf = (file: string): string => /([A-Z][a-z]+Operations)[0-9A-F]{8}\.nested/.exec(file)?.[1] ?? 'main';

const partOf = ([id, resource]: [string, TemplateResource]): [string, TemplateResource][] => {
  const { Type, Properties = {} } = resource;
  if (holdsData.has(Type)) return [[id, { Type, Properties: withoutAssets(Properties) }]];
  const name = nameOf({ Type, Properties });
  return name === undefined ? [] : [[id, { Type, Properties: { [name.property]: name.value } }]];
};

/** What a definition of a state machine refers to is none of an update's business. */
const withoutAssets = ({ DefinitionString: _, ...properties }: NonNullable<TemplateResource['Properties']>) =>
  properties;

/** The property by which a resource names itself, and that name; most are named by CloudFormation. */
export const nameOf = ({ Properties = {} }: TemplateResource): { property: string; value: string } | undefined => {
  const named = Object.entries(Properties).find(
    ([property, value]) => /(?<!Metric|Stage|Source)Name$/.test(property) && typeof value === 'string',
  );
  return named && { property: named[0], value: String(named[1]) };
};
