import { Refusal } from './refusal.ts';
import type { AttributeOf, Resolver } from './resolve-intrinsics.ts';
import type { Attributes, ResourceType, Surroundings } from './resource-type.ts';
import type { Template, TemplateResource } from './template.ts';

/** Answers `Ref` and `Fn::GetAtt` for the resources of a template. */
export const attributesOf = (
  template: Template,
  types: readonly ResourceType[],
  surroundings: Surroundings,
): AttributeOf => {
  const byType = new Map(types.map((type) => [type.type, type]));

  return (logicalId, attribute, resolve) => {
    const resource = template.Resources?.[logicalId];
    if (!resource) throw new Refusal(`${logicalId} does not exist in the template`);
    const type = byType.get(resource.Type);
    const name = physicalName(resource, logicalId, { resolve, type, stackName: surroundings.stackName });
    const value = type ? { ...byDefault, ...type.attributes }[attribute] : elsewhere(attribute);
    if (!value) throw new Refusal(`${logicalId} (${resource.Type}) has no attribute ${attribute} here`);
    return value(name, surroundings);
  };
};

interface Naming {
  readonly resolve: Resolver['resolve'];
  readonly type: ResourceType | undefined;
  readonly stackName: string;
}

/** The name of a resource: its own, or one made of the stack's name and its logical id. */
export const physicalName = (
  { Properties }: TemplateResource,
  logicalId: string,
  { resolve, type, stackName }: Naming,
): string => {
  const nameProperty = nameProperties.find((property) => Properties?.[property] !== undefined);
  const given = nameProperty ? resolve(Properties?.[nameProperty]) : undefined;
  if (typeof given === 'string') return given;
  return (type?.nameOf ?? defaultName)(stackName, logicalId);
};

const nameProperties = [
  'TableName',
  'QueueName',
  'BucketName',
  'FunctionName',
  'RoleName',
  'LogGroupName',
  'StateMachineName',
  'Name',
];

const defaultName = (stackName: string, logicalId: string): string => `${stackName}-${logicalId}`;

const byDefault: Attributes = { Ref: (name) => name };

/** What is left aside still needs a name and an ARN if others mention it. */
const elsewhere = (attribute: string) => (name: string) =>
  attribute === 'Ref' ? name : `arn:aws:left-aside:::${name}/${attribute}`;
