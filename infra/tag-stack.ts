import { type Stack, Tags } from 'aws-cdk-lib';
import type { Settings } from './settings.ts';

/** The tag whose value is the stage: what costs are told apart by. */
export const stageTag = 'rollcall:stage';

/** Tags every resource of a stack that can have tags. */
export const tagStack = (stack: Stack, { stage, tags }: Settings): void => {
  for (const [name, value] of Object.entries({ ...tags, [stageTag]: stage })) Tags.of(stack).add(name, value);
};
