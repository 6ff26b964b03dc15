import type { Template, TemplateResource } from '../local/template/template.ts';
import { type Replacement, replaceReferences } from './replace-references.ts';

/** The template that a nested stack is made from. */
export type ChildOf = (resource: TemplateResource) => Template;

/**
 * One template that says what a template says together with its nested stacks: their resources are in it under their
 * own logical ids, with the parent's values in the place of parameters, and their own values in the place of outputs.
 * @throws Error if two stacks use one name, or if a nested stack has a condition or is itself referred to.
 */
export const inlineNestedStacks = (template: Template, childOf: ChildOf): Template => {
  const children = new Map<string, Template>();
  const own: [string, TemplateResource][] = [];
  const resources = Object.entries(template.Resources ?? {});
  const isNested = (id: string) => template.Resources?.[id]?.Type === 'AWS::CloudFormation::Stack';
  for (const [id, resource] of resources) {
    if (!isNested(id)) own.push([id, resource]);
    // That nested stacks come one after the other says nothing of what their resources need.
    else children.set(id, inPlace(id, { ...resource, DependsOn: waitsOf(resource, isNested) }, childOf));
  }

  const outputOf: Replacement = (id, attribute) => {
    const child = children.get(id);
    if (!child) return undefined;
    const output = child.Outputs?.[attribute?.replace(/^Outputs\./, '') ?? ''];
    if (!output) throw new Error(`${id} is a nested stack and has no ${attribute ?? 'Ref'} here`);
    // It may be made of what another nested stack puts out.
    return replaceReferences(output.Value, outputOf);
  };
  const merged = [...children].reduce(merge, { ...template, Resources: Object.fromEntries(own) });
  const whole = replaceReferences(merged, outputOf) as Template;
  return { ...whole, Resources: waitingForResources(whole, children) };
};

const waitsOf = (resource: TemplateResource, isNested: (id: string) => boolean): readonly string[] =>
  dependenciesOf(resource).filter((id) => !isNested(id));

/** A nested stack's template as its parent sees it: with arguments for parameters, each resource waiting as the stack. */
const inPlace = (id: string, resource: TemplateResource, childOf: ChildOf): Template => {
  if (resource.Condition) throw new Error(`${id} is a nested stack with a condition, which cannot be read here`);
  const { Parameters = {}, ...child } = inlineNestedStacks(childOf(resource), childOf);
  const given = (resource.Properties?.Parameters ?? {}) as Readonly<Record<string, unknown>>;
  const withArguments = replaceReferences(child, (name, attribute) => {
    const parameter = attribute === undefined ? Parameters[name] : undefined;
    return parameter && (given[name] ?? parameter.Default);
  }) as Template;
  const waits = dependenciesOf(resource);
  const resources = Object.entries(withArguments.Resources ?? {}).map(
    ([name, one]) => [name, { ...one, DependsOn: [...dependenciesOf(one), ...waits] }] as const,
  );
  return { ...withArguments, Resources: Object.fromEntries(resources) };
};

const dependenciesOf = ({ DependsOn = [] }: TemplateResource): readonly string[] => [DependsOn].flat();

/** A resource that waits for a nested stack waits for each of its resources. */
const waitingForResources = (
  { Resources = {} }: Template,
  children: ReadonlyMap<string, Template>,
): Record<string, TemplateResource> => {
  const idsOf = (id: string) => Object.keys(children.get(id)?.Resources ?? { [id]: true });
  const waiting = Object.entries(Resources).map(([id, { DependsOn = [], ...resource }]) => {
    const ids = [DependsOn].flat().flatMap(idsOf);
    return [id, ids.length > 0 ? { ...resource, DependsOn: ids } : resource] as const;
  });
  return Object.fromEntries(waiting);
};

const merge = (parent: Template, [id, child]: readonly [string, Template]): Template => ({
  ...parent,
  Resources: together(id, parent.Resources, child.Resources),
  Mappings: together(id, parent.Mappings, child.Mappings),
  Conditions: together(id, parent.Conditions, child.Conditions),
});

const together = <Member>(
  id: string,
  one: Readonly<Record<string, Member>> = {},
  other: Readonly<Record<string, Member>> = {},
): Record<string, Member> => {
  const shared = Object.keys(other).filter((name) => name in one);
  if (shared.length > 0) throw new Error(`${id} has names that other stacks have, too: ${shared.join(', ')}`);
  return { ...one, ...other };
};
