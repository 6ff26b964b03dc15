import { location } from '../template/location.ts';

/** Where the engines answer functions. */
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
