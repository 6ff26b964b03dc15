import type { StepAtWork, StepOf, StepResult } from '#domain/workflows/step-result.ts';
import { runProblem } from '#domain/workflows/workflow-run.ts';
import { type FindRunContactPorts, findRunContact } from './find-run-contact.ts';

/** Whether the contact of a run has confirmed its address (contract 6); an unknown contact has not. */
export const checkRunCondition = async (
  ports: FindRunContactPorts,
  { run, step }: StepAtWork<StepOf<'condition'>>,
): Promise<StepResult> => {
  const found = await findRunContact(ports, run);
  if (found === 'erased') return { kind: 'stop', problem: runProblem('CONTACT_ERASED') };
  const contact = found === 'nobody' ? undefined : found.contact;
  const holds = contact?.confirmed === true;
  return {
    kind: 'done',
    turn: holds ? step.onTrue : step.onFalse,
    result: { holds },
    ...(contact && { contactId: contact.id }),
  };
};
