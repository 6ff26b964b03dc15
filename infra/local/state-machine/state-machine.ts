import * as z from 'zod';
import { localArn } from '../template/location.ts';
import { leftAside, tags } from '../template/property.ts';
import type { Resource, ResourceType } from '../template/resource-type.ts';
import { machineDefinition } from './definition.ts';

const schema = z.strictObject({
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
export type StateMachinePlan = Resource<typeof schema>;

/** The ARN of a state machine by its name. */
export const stateMachineArn = (name: string): string => localArn('states', `stateMachine:${name}`);

/** `AWS::StepFunctions::StateMachine`, as far as it runs. */
export const stateMachineType = {
  type: 'AWS::StepFunctions::StateMachine',
  schema,
  attributes: { Ref: stateMachineArn, Arn: stateMachineArn },
} satisfies ResourceType<typeof schema>;
