import * as z from 'zod';
import { machineDefinition } from '../states/definition.ts';
import { localArn } from '../template/location.ts';
import { leftAside, tags } from './property.ts';

/** `AWS::StepFunctions::StateMachine`, as far as it runs. */
export const stateMachineSchema = z.strictObject({
  StateMachineName: z.string().optional(),
  StateMachineType: z.literal('STANDARD', { error: 'only standard state machines run here' }).default('STANDARD'),
  DefinitionString: z
    .string()
    .transform((text) => JSON.parse(text))
    .pipe(machineDefinition),
  RoleArn: leftAside('nothing checks permissions'),
  LoggingConfiguration: leftAside('there is no log of executions'),
  TracingConfiguration: leftAside('there is no X-Ray'),
  EncryptionConfiguration: leftAside('data stays on this machine'),
  Tags: tags,
});

/** A state machine to run. */
export interface StateMachinePlan {
  readonly name: string;
  readonly properties: z.infer<typeof stateMachineSchema>;
}

/** The ARN of a state machine by its name. */
export const stateMachineArn = (name: string): string => localArn('states', `stateMachine:${name}`);
