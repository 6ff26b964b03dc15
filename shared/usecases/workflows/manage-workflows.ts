import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import type { WorkflowStore } from '#domain/workflows/ports.ts';
import { firstSecretNumber } from '#domain/workflows/webhook.ts';
import type { Workflow, WorkflowDefinition } from '#domain/workflows/workflow.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';

export interface ManageWorkflowsPorts extends Pick<Ambient, 'now' | 'pause'> {
  readonly workflows: WorkflowStore;
}

/** A workflow to store under an id. */
export interface WorkflowRequest extends WorkflowDefinition {
  readonly isEnabled: boolean;
  /** Absent: it stays as it is. */
  readonly webhookSecretNumber?: number;
  /** The version that the caller knows; another one in the way is a conflict. Absent: whatever is there is replaced. */
  readonly version?: number;
}

/** Workflows of one stage: more would have to be looked through for each event. */
export const mostWorkflows = 200;

/**
 * Stores a workflow; it counts for every event from then on. A changed definition is another version, and runs under way
 * keep to theirs; the same definition again is not.
 * @throws RollcallError WORKFLOW_CHANGED if the version is another one, INVALID_REQUEST if there are too many or its secret is
 * not the one that follows.
 */
export const saveWorkflow = (
  ports: ManageWorkflowsPorts,
  id: string,
  { isEnabled, version: known, webhookSecretNumber: wanted, ...definition }: WorkflowRequest,
): Promise<Workflow> =>
  retryOnConflict(ports, async () => {
    const [current, last] = await Promise.all([ports.workflows.find(id), ports.workflows.lastVersion(id)]);
    if (known !== undefined && known !== (current?.version ?? 0)) throw changed(id, current?.version);
    if (!current) await refuseTooMany(ports);
    const isSame = current !== undefined && isSameDefinition(current, definition);
    const webhookSecretNumber = secretNumberFor(current, wanted);
    const isSameSecret = current?.webhookSecretNumber === webhookSecretNumber;
    if (isSame && isSameSecret && current.isEnabled === isEnabled) return current;
    const now = ports.now();
    const workflow: Workflow = {
      ...definition,
      id,
      isEnabled,
      webhookSecretNumber,
      version: isSame ? current.version : last.version + 1,
      revision: last.revision + 1,
      createdAt: current?.createdAt ?? now,
      updatedAt: now,
    };
    return (await ports.workflows.save(workflow, last.revision)) ? workflow : undefined;
  });

/**
 * A workflow by its id.
 * @throws RollcallError NOT_FOUND.
 */
export const readWorkflow = async (
  { workflows }: Pick<ManageWorkflowsPorts, 'workflows'>,
  id: string,
): Promise<Workflow> => {
  const workflow = await workflows.find(id);
  if (workflow) return workflow;
  throw new RollcallError('NOT_FOUND', `Workflow '${id}' not found`);
};

/**
 * Removes a workflow: it launches nothing any more, and its runs stop at their next step.
 * @throws RollcallError NOT_FOUND.
 */
export const deleteWorkflow = (ports: ManageWorkflowsPorts, id: string): Promise<Workflow> =>
  retryOnConflict(ports, async () => {
    const workflow = await readWorkflow(ports, id);
    return (await ports.workflows.remove(workflow)) ? workflow : undefined;
  });

/** Two secrets sign at a time, so one that skips a number would lock receivers out that have the current one. */
const secretNumberFor = (current: Workflow | undefined, wanted: number | undefined): number => {
  if (!current) return wanted ?? firstSecretNumber;
  const { webhookSecretNumber: now } = current;
  if (wanted === undefined || wanted === now || wanted === now + 1) return wanted ?? now;
  throw new RollcallError('INVALID_REQUEST', `webhookSecretNumber must be ${now}, or ${now + 1} for a new secret`);
};

const refuseTooMany = async ({ workflows }: ManageWorkflowsPorts): Promise<void> => {
  if ((await workflows.bindings()).length < mostWorkflows) return;
  throw new RollcallError('INVALID_REQUEST', `There are ${mostWorkflows} workflows already, and there can be no more`);
};

const changed = (id: string, version: number | undefined): RollcallError =>
  new RollcallError(
    'WORKFLOW_CHANGED',
    version === undefined
      ? `There is no workflow '${id}' any more`
      : `Workflow '${id}' is in version ${version} by now`,
  );

const isSameDefinition = (one: WorkflowDefinition, other: WorkflowDefinition): boolean =>
  canonical(one) === canonical(other);

/** JSON with the members of every object in one order: the table keeps none. */
const canonical = ({ name, eventTypeKey, uniqueness, steps }: WorkflowDefinition): string =>
  JSON.stringify({ name, eventTypeKey, uniqueness, steps }, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
