import type { StepAtWork, StepOf, StepResult } from '#domain/workflows/step-result.ts';
import type { WorkflowStep } from '#domain/workflows/workflow.ts';
import { type CallRunWebhookPorts, callRunWebhook } from './call-run-webhook.ts';
import { type ChangeRunFieldsPorts, changeRunFields } from './change-run-fields.ts';
import { addRunContact, type FileRunContactPorts, removeRunContact } from './change-run-segments.ts';
import { checkRunCondition } from './check-run-condition.ts';
import { type ConfirmRunContactPorts, confirmRunContact } from './confirm-run-contact.ts';
import { createRunContact, updateRunContact } from './create-run-contact.ts';
import { type SendRunMessagePorts, sendRunMessage } from './send-run-message.ts';
import { type WaitInRunPorts, waitForEventInRun, waitInRun } from './wait-in-run.ts';

export interface TakeStepPorts
  extends CallRunWebhookPorts,
    Omit<ChangeRunFieldsPorts, 'creations'>,
    ConfirmRunContactPorts,
    FileRunContactPorts,
    SendRunMessagePorts,
    WaitInRunPorts {
  readonly contacts: FileRunContactPorts['contacts'];
  readonly segments: FileRunContactPorts['segments'];
  readonly suppressions: ConfirmRunContactPorts['suppressions'];
  readonly signer: SendRunMessagePorts['signer'];
}

type Take<Type extends WorkflowStep['type']> = (
  ports: TakeStepPorts,
  at: StepAtWork<StepOf<Type>>,
) => StepResult | Promise<StepResult>;

const takes: { readonly [Type in WorkflowStep['type']]: Take<Type> } = {
  createContact: createRunContact,
  updateContact: updateRunContact,
  updateFields: changeRunFields,
  confirmContact: confirmRunContact,
  addToSegment: addRunContact,
  removeFromSegment: removeRunContact,
  sendEmail: sendRunMessage,
  sendSms: sendRunMessage,
  callWebhook: callRunWebhook,
  wait: waitInRun,
  waitForEvent: waitForEventInRun,
  condition: checkRunCondition,
};

/** Does one step of a run, or as much of it as can be done now; doing it again does it once. */
export const takeStep = async (ports: TakeStepPorts, at: StepAtWork): Promise<StepResult> =>
  (takes[at.step.type] as Take<WorkflowStep['type']>)(ports, at as never);
