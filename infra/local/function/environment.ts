import { devNull } from 'node:os';
import { environmentNames } from '#names/environment.ts';
import { location } from '../template/location.ts';
import type { FunctionPlan } from './function.ts';

/** The addresses of the engines for functions. */
export interface Endpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly s3: string;
  readonly ses: string;
  readonly sms: string;
  readonly eventBridge: string;
  readonly stepFunctions: string;
  readonly lambda: string;
}

/** How a client of the engines finds them; the S3 engine knows one access key only. */
export const clientEnvironment = (endpoints: Endpoints): Record<string, string> => ({
  AWS_REGION: location.region,
  AWS_DEFAULT_REGION: location.region,
  AWS_ACCESS_KEY_ID: 'S3RVER',
  AWS_SECRET_ACCESS_KEY: 'S3RVER',
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_SESV2: endpoints.ses,
  AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: endpoints.sms,
  AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.eventBridge,
  AWS_ENDPOINT_URL_SFN: endpoints.stepFunctions,
  AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
  // A service that does not run here must not be called elsewhere: nothing listens on the discard port.
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
});

/** What is allowed on one's own machine and nowhere else. */
export interface LocalAllowances {
  /** Whether files and webhooks may be on this machine, too. */
  readonly loopbackLinks?: boolean | undefined;
}

/** A function's whole environment: the template's, and what Lambda adds. Nothing of this process's own. */
export const functionEnvironment =
  (endpoints: Endpoints, { loopbackLinks = false }: LocalAllowances = {}) =>
  ({ name, properties }: FunctionPlan): Record<string, string> => ({
    ...clientEnvironment(endpoints),
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
