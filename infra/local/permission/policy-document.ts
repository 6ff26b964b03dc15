import * as z from 'zod';
import { isKnownOperator } from './decide.ts';
import type { Condition, Grant } from './grant.ts';

const textOrList = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());

/** Variables such as `${aws:username}` would have to be filled in. */
const withoutVariables = textOrList.refine((texts) => !texts.some((text) => text.includes('$'.concat('{'))), {
  error: 'policy variables do not run here',
});

const operator = z.string().refine(isKnownOperator, {
  error: ({ input }) => `the condition operator ${String(input)} does not run here`,
});

const conditions = z
  .record(operator, z.record(z.string(), withoutVariables))
  .default({})
  .transform((byOperator): Condition[] =>
    Object.entries(byOperator).flatMap(([name, byKey]) =>
      Object.entries(byKey).map(([key, values]) => ({ operator: name, key, values })),
    ),
  );

const statement = {
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: textOrList,
  Condition: conditions,
};

const document = <Statement extends z.ZodType>(of: Statement) =>
  z.strictObject({ Version: z.literal('2012-10-17'), Id: z.string().optional(), Statement: z.array(of) });

/** Who a statement of a resource's policy is about: AWS services, principals of AWS by ARN, or everybody as `*`. */
const principal = z.union([
  z.literal('*').transform(() => ['*']),
  z
    .strictObject({ Service: textOrList.default([]), AWS: textOrList.default([]) })
    .transform(({ Service, AWS }) => [...Service, ...AWS]),
]);

/** A policy of a role: what the role may do. */
export const identityPolicy = document(z.strictObject({ ...statement, Resource: withoutVariables }));

/** A policy of a resource: who may do what to it. */
export const resourcePolicy = document(
  z.strictObject({ ...statement, Principal: principal, Resource: withoutVariables }),
);

/** Who may take a role on. */
export const trustPolicy = document(z.strictObject({ ...statement, Principal: principal }));

/** A statement that names actions and resources. */
type Statement = z.output<typeof identityPolicy>['Statement'][number];

/** What a statement says, one grant for each of its actions and resources. */
export const grantsOf = ({ Effect, Action, Resource, Condition: found }: Statement): Grant[] =>
  Action.flatMap((action) => Resource.map((resource) => ({ effect: Effect, action, resource, conditions: found })));
