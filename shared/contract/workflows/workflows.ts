import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import { readLink } from '#domain/files/link.ts';
import { WebError } from '#domain/web/web-error.ts';
import type { WorkflowBinding } from '#domain/workflows/workflow.ts';
import {
  type Duration,
  longestSeconds,
  secondsOf,
  type Turn,
  type Workflow,
  type WorkflowStep,
} from '#domain/workflows/workflow.ts';
import { eventTypeKey } from '../events/event-request.ts';
import { describeIssues } from '../issue.ts';
import { duration, stepRequest } from './workflow-steps.ts';

/** Everything that one run may wait for together: an execution of AWS Step Functions lives for a year. */
const longestDays = 300;

/** The longest definition, as JSON in characters: an item of the table holds 400 kB (an AWS limit). */
const maxLength = 200_000;

const uniqueness = z
  .union([z.enum(['each', 'once']), z.strictObject({ oncePer: duration })], {
    error: 'be each, once, or {"oncePer": {"hours": 1}} or the like',
  })
  .check(z.describe('Whether each event launches it, the first of its key only, or one of its key in such a time'));

const definition = {
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
  eventTypeKey,
  uniqueness: z._default(uniqueness, 'each'),
};

const enabled = z._default(z.boolean().check(z.describe('Whether events launch it')), true);

/** The body of `PUT /admin/v1/workflows/{workflowId}`. */
export const workflowRequest = z
  .object({
    ...definition,
    enabled,
    steps: z.array(stepRequest).check(z.minLength(1), z.maxLength(50)),
    webhookSecretNumber: z.optional(
      z
        .int()
        .check(
          z.gte(1),
          z.describe('One more than before for a new secret of its webhooks; if absent, it stays as it is'),
        ),
    ),
    version: z.optional(
      z
        .int()
        .check(z.gte(0), z.describe('The version that the caller knows, 0 if there is none; any other is a conflict')),
    ),
  })
  .check(
    z.meta({
      id: 'WorkflowInput',
      examples: [
        {
          name: 'Welcome',
          eventTypeKey: 'subscribeFromApi-footer',
          uniqueness: 'once',
          steps: [
            { type: 'waitForEvent', eventTypeKey: 'SysContactConfirmed', timeout: { days: 3 } },
            { type: 'addToSegment', segment: 'Welcomed' },
          ],
        },
      ],
    }),
  );

const stored = {
  id: z.string(),
  ...definition,
  enabled: z.boolean(),
  version: z.int().check(z.describe('Grows with each change of the definition; runs keep to theirs')),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

/** A workflow in a list, without its steps. */
export const workflowHeadResponse = z.object(stored).check(z.meta({ id: 'WorkflowHead' }));

/** Every workflow, without its steps. */
export const workflowsResponse = z.object({ items: z.array(workflowHeadResponse) });

/** A workflow on our own routes. */
export const workflowResponse = z
  .object({
    ...stored,
    steps: z.array(stepRequest),
    webhookSecretNumber: z.int().check(z.describe('Grows with each new secret of its webhooks')),
    webhookSecret: z.optional(
      z
        .string()
        .check(z.describe('What its webhooks are signed with, by standardwebhooks.com; for keys that may change it')),
    ),
    formerWebhookSecret: z.optional(
      z
        .string()
        .check(z.describe('The secret before, which its webhooks are signed with, too; absent if there is none')),
    ),
  })
  .check(z.meta({ id: 'Workflow' }));

/** A workflow as a list shows it. */
export const workflowHead = ({ isEnabled, ...workflow }: WorkflowBinding): z.output<typeof workflowHeadResponse> =>
  workflowHeadResponse.parse({ ...workflow, enabled: isEnabled });

/** A workflow as our own routes show it. */
export const workflowBody = (
  { isEnabled, ...workflow }: Workflow,
  [webhookSecret, formerWebhookSecret]: readonly string[] = [],
): z.output<typeof workflowResponse> =>
  workflowResponse.parse({
    ...workflow,
    enabled: isEnabled,
    ...(webhookSecret && { webhookSecret }),
    ...(formerWebhookSecret && { formerWebhookSecret }),
  });

type Given = z.output<typeof workflowRequest>;

/** A workflow that was sent, with an id for each step. */
export type SubmittedWorkflow = Pick<Workflow, 'name' | 'eventTypeKey' | 'uniqueness' | 'steps' | 'isEnabled'> & {
  readonly version?: number;
  readonly webhookSecretNumber?: number;
};

/**
 * Reads a workflow.
 * @throws RollcallError INVALID_REQUEST that names what is wrong.
 */
export const parseWorkflow = (body: unknown, { allowsHttp }: { readonly allowsHttp: boolean }): SubmittedWorkflow => {
  const parsed = workflowRequest.safeParse(body);
  if (!parsed.success) throw invalid(describeIssues(parsed.error.issues));
  const { enabled: isEnabled, version, webhookSecretNumber, steps: given, ...about } = parsed.data;
  const steps = given.map((step, index) => ({ ...step, id: step.id ?? `step${index + 1}` })) as WorkflowStep[];
  const reason = refusal({ ...parsed.data, steps: given }, steps, allowsHttp);
  if (reason !== undefined) throw invalid(reason);
  return {
    ...about,
    steps,
    isEnabled,
    ...(version !== undefined && { version }),
    ...(webhookSecretNumber !== undefined && { webhookSecretNumber }),
  } as SubmittedWorkflow;
};

/** What no single member can show. */
const refusal = ({ uniqueness: often }: Given, steps: readonly WorkflowStep[], allowsHttp: boolean) => {
  const ids = steps.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) return `steps must have unique ids, and '${twice}' comes twice`;
  if (typeof often === 'object' && secondsOf(often.oncePer as Duration) < 1) return 'oncePer must be at least a second';
  for (const [index, step] of steps.entries()) {
    const reason = refusalOfStep(step, ids.slice(index + 1), allowsHttp);
    if (reason !== undefined) return `steps[${index}]${reason}`;
  }
  if (longestSeconds(steps) > longestDays * 86_400) return `steps must wait for at most ${longestDays} days together`;
  return JSON.stringify(steps).length > maxLength ? `steps must have at most ${maxLength} characters` : undefined;
};

const refusalOfStep = (step: WorkflowStep, later: readonly string[], allowsHttp: boolean): string | undefined => {
  switch (step.type) {
    case 'updateFields': {
      const ids = step.fields.map(({ id }) => id);
      return new Set(ids).size < ids.length ? '.fields must name each field once' : undefined;
    }
    case 'sendEmail':
      return refusalOfEmail(step);
    case 'callWebhook':
      return refusalOfUrl(step.url, allowsHttp);
    case 'wait':
      return secondsOf(step.for) < 1 ? '.for must be at least a second' : undefined;
    case 'waitForEvent':
      if (secondsOf(step.timeout) < 1) return '.timeout must be at least a second';
      return refusalOfTurns({ onEvent: step.onEvent, onTimeout: step.onTimeout }, later);
    case 'condition':
      return refusalOfTurns({ onTrue: step.onTrue, onFalse: step.onFalse }, later);
    default:
      return undefined;
  }
};

const refusalOfEmail = ({ messageId, subject, html, text }: Extract<WorkflowStep, { type: 'sendEmail' }>) => {
  const isOwn = subject !== undefined && (html !== undefined || text !== undefined);
  const isStored = messageId !== undefined && subject === undefined && html === undefined && text === undefined;
  return isOwn !== isStored && (isStored || messageId === undefined)
    ? undefined
    : ' must have either messageId or a subject with html, text or both';
};

/** Turns lead onward only, so that every run comes to an end. */
const refusalOfTurns = (turns: Readonly<Record<string, Turn>>, later: readonly string[]): string | undefined => {
  const bad = Object.entries(turns).find(([, turn]) => typeof turn === 'object' && !later.includes(turn.goTo));
  return bad && `.${bad[0]}.goTo must be the id of a later step`;
};

/** An event must not say where a call goes; its values are filled in behind the host. */
const refusalOfUrl = (url: string, allowsHttp: boolean): string | undefined => {
  if (!/^https?:\/\/[^/?#$]+([/?#]|$)/i.test(url)) return '.url must have a host that is the same for every event';
  try {
    readLink(url.replace(/\$\{[^{}]*\}/g, 'x'), { allowsHttp });
    return undefined;
  } catch (error) {
    if (!(error instanceof WebError)) throw error;
    return `.url: ${error.message}`;
  }
};

const invalid = (message: string): RollcallError => new RollcallError('INVALID_REQUEST', message);
