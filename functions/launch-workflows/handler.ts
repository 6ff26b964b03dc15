import type { Context, SQSEvent } from 'aws-lambda';
import { contacts } from '#aws/contacts/contact-store.ts';
import { awaitedEvents } from '#aws/events/awaited-events.ts';
import { unfinished } from '#aws/sweep/unfinished-notes.ts';
import { workflowExecutions } from '#aws/workflows/workflow-executions.ts';
import { workflowLaunches } from '#aws/workflows/workflow-launches.ts';
import { workflowRuns } from '#aws/workflows/workflow-runs.ts';
import { workflows } from '#aws/workflows/workflow-store.ts';
import * as queues from '#contract/queues.ts';
import type { WorkflowBinding } from '#domain/workflows/workflow.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { onEachMessage } from '#shared/queue.ts';
import * as settings from '#shared/settings.ts';
import { launchWorkflows } from '#usecases/workflows/launch-workflows.ts';
import { pacedExecutions } from '#usecases/workflows/paced-executions.ts';

const stores = { awaitedEvents, contacts, workflowLaunches, workflowRuns, workflows };
const live = {
  ...stores,
  ...settings.identities(),
  unfinished,
  ...ambient,
};

/** Launches the workflows that events are bound to, and wakes the runs that wait for them, a batch of the queue at a time. */
export const handler = (batch: SQSEvent, context: Context) => {
  let bindings: Promise<readonly WorkflowBinding[]> | undefined;
  const readOnce = () => {
    bindings ??= workflows.bindings();
    return bindings;
  };
  const executions = pacedExecutions(workflowExecutions, {
    pause: ambient.pause,
    milliseconds: settings.launchPaceMilliseconds(),
    remainingTime: () => context.getRemainingTimeInMillis(),
  });
  const runRetentionDays = settings.workflowRunRetentionDays();
  const ports = { ...live, executions, bindings: readOnce, runRetentionDays };
  return onEachMessage(queues.workflowEvents, async (event) => {
    const { runIds, woken, heldBack } = await launchWorkflows(ports, event);
    const about = { eventId: event.eventId, eventTypeKey: event.eventTypeKey };
    if (runIds.length > 0 || woken > 0) log.info('An event launched workflows', { ...about, runIds, woken });
    if (heldBack.length > 0) log.warn('Workflows were held back', { ...about, heldBack });
  })(batch, context);
};
