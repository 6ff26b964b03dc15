import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import { listOf } from '../contacts/read-channels.ts';
import { binderOf, isObject } from '../imports/bind.ts';
import { describeIssues } from '../issue.ts';

/** The longest name of a segment, in characters, and the most segments that one contact joins in one request. */
const maxNameLength = 100;
const maxGroups = 100;

const groupMembers = z.object({
  id: z.optional(z.int().check(z.positive())),
  name: z.optional(z.string().check(z.maxLength(maxNameLength))),
});

/** Segments as requests name them: by a name, or by an object with a `name` or an `id` (contract 4.1 and 4.4). */
export const groupsRequest = z
  .array(z.union([z.string().check(z.maxLength(maxNameLength)), groupMembers]))
  .check(z.maxLength(maxGroups), z.describe('Segments that the contact joins; a name that is new makes one'));

/** The segments of a request, apart by how they are named. */
export interface Groups {
  readonly groupNames: readonly string[];
  readonly groupIds: readonly number[];
}

/**
 * Reads the segments that a request names under each of these members, leniently. An object with both counts by its name.
 * @throws RollcallError INVALID_REQUEST that names the bad member.
 */
export const readGroups = (members: Readonly<Record<string, unknown>>): Groups => {
  const groups = Object.entries(members).flatMap(([member, value]) => groupsIn(member, value));
  if (groups.length > maxGroups) {
    throw new RollcallError('INVALID_REQUEST', `A contact joins at most ${maxGroups} segments in one request`);
  }
  const names = groups.flatMap(({ name }) => name?.trim() || []);
  const ids = groups.flatMap(({ id, name }) => (id === undefined || name?.trim() ? [] : [id]));
  return { groupNames: [...new Set(names)], groupIds: [...new Set(ids)] };
};

const bindGroup = binderOf(groupMembers);

const groupsIn = (member: string, value: unknown): z.output<typeof groupMembers>[] =>
  listOf(value).map((one, index) => {
    const parsed = groupMembers.safeParse(bindGroup(isObject(one) ? one : { name: one }));
    if (parsed.success) return parsed.data;
    const issues = parsed.error.issues.map((issue) => ({ ...issue, path: [member, index, ...issue.path] }));
    throw new RollcallError('INVALID_REQUEST', describeIssues(issues));
  });
