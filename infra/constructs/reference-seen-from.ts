import { type CfnElement, Names, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * What cdk-nag calls an attribute of a resource in a finding about `from`: `<logical id>.<attribute>` within one stack, and
 * within a nested stack the parameter by which CDK hands the attribute over.
 */
export const referenceSeenFrom = (from: IConstruct, to: CfnElement, attribute: string): string =>
  Stack.of(from) === Stack.of(to)
    ? `${Stack.of(to).getLogicalId(to)}.${attribute}`
    : `referenceto${Names.nodeUniqueId(to.node)}${attribute}`;
