import * as z from 'zod';
import type { Authority } from '../permission/authority.ts';
import type { Rights } from '../permission/grant.ts';
import { localArn } from '../template/location.ts';
import { boolean, leftAside, tags } from '../template/property.ts';
import type { TemplateReader } from '../template/read-resources.ts';
import type { Resource, ResourceType } from '../template/resource-type.ts';
import { machineDefinition } from './definition.ts';

const schema = z.strictObject({
  StateMachineName: z.string().optional(),
  StateMachineType: z.literal('STANDARD', { error: 'only standard state machines run here' }).default('STANDARD'),
  DefinitionString: z
    .string()
    .transform((text) => JSON.parse(text))
    .pipe(machineDefinition),
  RoleArn: z.string(),
  LoggingConfiguration: leftAside('there is no log of executions'),
  TracingConfiguration: z.strictObject({ Enabled: boolean }).default({ Enabled: false }),
  EncryptionConfiguration: leftAside('data stays on this machine'),
  Tags: tags,
});

/** A state machine to run, and what it may do. */
export interface StateMachinePlan extends Resource<typeof schema> {
  readonly rights: Rights;
}

/** The ARN of a state machine by its name. */
export const stateMachineArn = (name: string): string => localArn('states', `stateMachine:${name}`);

/** `AWS::StepFunctions::StateMachine`, as far as it runs. */
export const stateMachineType = {
  type: 'AWS::StepFunctions::StateMachine',
  schema,
  attributes: { Ref: stateMachineArn, Arn: stateMachineArn },
} satisfies ResourceType<typeof schema>;

/** The state machines of a template; one whose role Step Functions cannot take on is refused. */
export const readStateMachines = (reader: TemplateReader, authority: Authority): StateMachinePlan[] =>
  reader.all(stateMachineType).flatMap((machine) => {
    const rights = reader.attempt(`${machine.logicalId} (${stateMachineType.type})`, () =>
      authority.ofRole(machine.properties.RoleArn, machine.name, 'states.amazonaws.com'),
    );
    return rights ? { ...machine, rights } : [];
  });
