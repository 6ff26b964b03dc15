import { awaitedEvents } from '#aws/awaited-events.ts';
import { births } from '#aws/birth-ledger.ts';
import { contacts } from '#aws/contact-store.ts';
import { eventBus } from '#aws/event-bus.ts';
import { fieldMemory } from '#aws/field-memory.ts';
import { messageQueue } from '#aws/message-queue.ts';
import { messages } from '#aws/message-store.ts';
import { onceWrites } from '#aws/once-writes.ts';
import { segments } from '#aws/segment-store.ts';
import { signer } from '#aws/signer.ts';
import { suppressions } from '#aws/suppression-store.ts';
import { templates } from '#aws/template-store.ts';
import { workflowExecutions } from '#aws/workflow-executions.ts';
import { workflowRuns } from '#aws/workflow-runs.ts';
import { workflows } from '#aws/workflow-store.ts';
import { confirmationLink } from '#contract/confirmation-message.ts';
import { readContactLine } from '#contract/contact-json.ts';
import { identifiersOf } from '#contract/event-identifiers.ts';
import { messageChannelsOf } from '#contract/message-sender.ts';
import { readAddress } from '#contract/recipients.ts';
import { moveBody, parseRunTask } from '#contract/run-task.ts';
import type { MessageChannel, MessageParams } from '#domain/message.ts';
import { ambient } from '#shared/ambient.ts';
import { derivedId } from '#shared/derived-id.ts';
import { log } from '#shared/log.ts';
import { settings } from '#shared/settings.ts';
import { awaitEvent } from '#usecases/await-event.ts';
import { giveUpRun } from '#usecases/give-up-run.ts';
import { runWorkflow } from '#usecases/run-workflow.ts';
import { guardedWeb } from '#web/guarded-web.ts';
import { webhooksOver } from '#web/webhooks.ts';

const stores = { awaitedEvents, births, contacts, eventBus, fieldMemory, messageQueue, messages, onceWrites, segments };
const others = { signer, suppressions, templates, executions: workflowExecutions, workflowRuns, workflows };
const country = () => ({ defaultCountry: settings.defaultCountry() });
const live = {
  ...stores,
  ...others,
  webhooks: webhooksOver(
    guardedWeb({ allowsHttp: settings.allowLoopbackLinks(), allowsLoopback: settings.allowLoopbackLinks() }),
  ),
  messageChannels: messageChannelsOf(settings),
  tellsSegmentChanges: settings.segmentEvents(),
  readContactLine,
  derivedId,
  identifiersOf: (params: MessageParams) => identifiersOf(params, country()),
  readAddress: (channel: MessageChannel, text: string) => readAddress(channel, text, country().defaultCountry),
  confirmationLinkOf: (token: string) => confirmationLink(settings.publicUrl(), token),
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
  log.info('A run was carried on', { runId, move: move.kind });
  return moveBody(runId, move, live.now());
};
