import { devNull } from 'node:os';
import { environmentNames } from '#names/environment.ts';
import { clientEnvironment, type Endpoints } from '../engine/endpoints.ts';
import type { FunctionPlan } from './function.ts';

/** What is allowed on one's own machine and nowhere else. */
export interface LocalAllowances {
  /** Whether files and webhooks may be on this machine, too. */
  readonly loopbackLinks?: boolean | undefined;
}

/** The session token of a function's credentials, by which its calls are known. */
export const sessionTokenOf = (functionName: string): string => `local/${functionName}`;

/** A function's whole environment: the template's, and what Lambda adds. Nothing of this process's own. */
export const functionEnvironment =
  (endpoints: Endpoints, { loopbackLinks = false }: LocalAllowances = {}) =>
  ({ name, properties }: FunctionPlan): Record<string, string> => ({
    ...clientEnvironment(endpoints),
    AWS_SESSION_TOKEN: sessionTokenOf(name),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EXECUTION_ENV: `AWS_Lambda_${properties.Runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    _HANDLER: properties.Handler,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    ...(loopbackLinks && { [environmentNames.allowLoopbackLinks]: 'true' }),
    ...properties.Environment?.Variables,
  });
