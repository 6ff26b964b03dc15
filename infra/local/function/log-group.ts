import * as z from 'zod';
import { localArn } from '../template/location.ts';
import type { ResourceType } from '../template/resource-type.ts';

/** The ARN of a log group with its streams. */
export const logGroupArn = (name: string): string => localArn('logs', `log-group:${name}:*`);

/** `AWS::Logs::LogGroup`: log lines go to the terminal, and permissions name it. */
export const logGroupType = {
  type: 'AWS::Logs::LogGroup',
  schema: z.looseObject({}),
  attributes: { Arn: logGroupArn },
} satisfies ResourceType;
