import { queueTo } from '#aws/clients/queue.ts';
import { creations } from '#aws/contacts/creation-ledger.ts';
import { countedContacts as contacts } from '#aws/counts/counted-contacts.ts';
import { awaitedEvents } from '#aws/events/awaited-events.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { fieldMemory } from '#aws/fields/field-memory.ts';
import { messages } from '#aws/messages/message-store.ts';
import { templates } from '#aws/messages/template-store.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { signer } from '#aws/subscriptions/signer.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { unfinished } from '#aws/sweep/unfinished-notes.ts';
import { onceWrites } from '#aws/table/once-writes.ts';
import { workflowExecutions } from '#aws/workflows/workflow-executions.ts';
import { workflowRuns } from '#aws/workflows/workflow-runs.ts';
import { workflows } from '#aws/workflows/workflow-store.ts';
import { readContactLine } from '#contract/contacts/contact-json.ts';
import { messageChannelsOf } from '#contract/messages/message-sender.ts';
import * as queues from '#contract/queues.ts';
import { moveBody, parseRunTask } from '#contract/workflows/run-task.ts';
import { confirmationLink } from '#pages/confirmation-message.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import * as settings from '#shared/settings.ts';
import { awaitEvent } from '#usecases/workflows/await-event.ts';
import { giveUpRun } from '#usecases/workflows/give-up-run.ts';
import { runWorkflow } from '#usecases/workflows/run-workflow.ts';
import { guardedWeb } from '#web/guarded-web.ts';
import { webhooksOver } from '#web/webhooks.ts';

const messageQueue = queueTo(queues.messages);
const stores = {
  awaitedEvents,
  creations,
  contacts,
  eventBus,
  fieldMemory,
  messageQueue,
  messages,
  onceWrites,
  segments,
};
const others = { signer, suppressions, templates, executions: workflowExecutions, workflowRuns, workflows };
const live = {
  ...stores,
  ...others,
  webhooks: webhooksOver(
    guardedWeb({ allowsHttp: settings.allowLoopbackLinks(), allowsLoopback: settings.allowLoopbackLinks() }),
  ),
  messageChannels: messageChannelsOf(settings.senders),
  publishesSegmentChanges: settings.segmentEvents(),
  phoneMatches: settings.phoneMatches(),
  readContactLine: (value: unknown, isKnown: boolean) => readContactLine(value, { ...settings.reading(), isKnown }),
  ...settings.identities(),
  confirmationLinkOf: (token: string) => confirmationLink(settings.publicUrl(), token),
  unfinished,
  ...ambient,
};

/** Carries a run on for the state machine, notes whom it is to be woken by, or that it was given up. */
export const handler = async (given: unknown) => {
  const task = parseRunTask(given);
  const { runId } = task;
  if (task.kind === 'await') return awaitEvent(live, task);
  if (task.kind === 'give up') {
    log.error('A run was given up', { runId, errorName: task.errorName });
    return giveUpRun(live, task);
  }
  const ports = { ...live, linkDays: settings.confirmationLinkDays() };
  const move = await runWorkflow(ports, runId, task.waited);
  log.info('A run was continued', { runId, move: move.kind });
  return moveBody(runId, move, live.now());
};
