import type * as z from 'zod';
import { attributesOf, physicalName } from './attributes.ts';
import { typesLeftAside } from './left-aside.ts';
import { Refusal, refusalList } from './refusal.ts';
import { resolverOf } from './resolve-intrinsics.ts';
import type { Resource, ResourceType, Surroundings } from './resource-type.ts';
import type { Template, TemplateResource } from './template.ts';

/** Reads a template and collects what of it cannot run, so that a person reads all of it at once. */
export interface TemplateReader {
  /** The resources of one type, without those that were refused. */
  all<Schema extends z.ZodType>(type: ResourceType<Schema>): Resource<Schema>[];
  /** Runs `work`; a `Refusal` out of it is noted under `subject` and the result is `undefined`. */
  attempt<Result>(subject: string, work: () => Result): Result | undefined;
  outputs(): Record<string, string>;
  /** Throws `StackRefused` if anything was refused. */
  throwIfAnyRefused(): void;
}

/** A reader of a template that holds resources of these types, and of those that are left aside. */
export const readerOf = (
  template: Template,
  types: readonly ResourceType[],
  surroundings: Surroundings,
): TemplateReader => {
  const { resolve } = resolverOf(template, attributesOf(template, types, surroundings));
  const refusals = refusalList();
  const resources = Object.entries(template.Resources ?? {});
  const known = new Set([...types.map(({ type }) => type), ...Object.keys(typesLeftAside)]);
  for (const [logicalId, resource] of resources) {
    refusals.attempt(`${logicalId} (${resource.Type})`, () => refuseUnknown(resource, known));
  }

  const readOne = <Schema extends z.ZodType>(
    type: ResourceType<Schema>,
    logicalId: string,
    resource: TemplateResource,
  ): Resource<Schema> => {
    const parsed = type.schema.safeParse(resolve(resource.Properties ?? {}));
    if (!parsed.success) throw new Refusal(parsed.error.issues.map(issueText).join('\n'));
    const name = physicalName(resource, logicalId, { resolve, type, stackName: surroundings.stackName });
    return { logicalId, name, properties: parsed.data };
  };

  return {
    all: (type) =>
      resources.flatMap(([logicalId, resource]) => {
        if (resource.Type !== type.type) return [];
        const subject = `${logicalId} (${type.type})`;
        return refusals.attempt(subject, () => readOne(type, logicalId, resource)) ?? [];
      }),
    attempt: refusals.attempt,
    outputs: () => {
      const read = Object.entries(template.Outputs ?? {}).flatMap(([name, { Value }]) => {
        const value = refusals.attempt(`output ${name}`, () => resolve(Value));
        return value === undefined ? [] : [[name, String(value)] as const];
      });
      return Object.fromEntries(read);
    },
    throwIfAnyRefused: refusals.throwIfAny,
  };
};

const refuseUnknown = ({ Type, Condition }: TemplateResource, known: ReadonlySet<string>): void => {
  if (!known.has(Type)) throw new Refusal('resources of this type do not run here');
  if (Condition !== undefined) throw new Refusal(`it depends on the condition ${Condition}, and none runs here`);
};

const issueText = (issue: z.core.$ZodIssue): string => {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return `${issue.keys.map((key) => (path ? `${path}.${key}` : key)).join(', ')} does not run here`;
  }
  return `${path}: ${issue.message}`;
};
