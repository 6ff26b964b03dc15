import * as z from 'zod';
import { leftAside, number, tags } from './property.ts';

const queueArn = z.string().regex(/^arn:aws:sqs:/, 'only queues run as destinations');

/** `AWS::Lambda::Function`, as far as it runs. */
export const functionSchema = z.strictObject({
  FunctionName: z.string().optional(),
  Description: z.string().optional(),
  Runtime: z.string().regex(/^nodejs\d+\.x$/, 'only Node.js runtimes run here'),
  Handler: z.string().regex(/^[\w/-]+\.\w+$/, 'the handler must be file.export'),
  Code: z.strictObject({ S3Bucket: z.unknown(), S3Key: z.string(), SourceKMSKeyArn: z.unknown().optional() }),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
  Timeout: number.default(3),
  MemorySize: number.default(128),
  ReservedConcurrentExecutions: number.optional(),
  DeadLetterConfig: z.strictObject({ TargetArn: queueArn }).optional(),
  Architectures: leftAside('the bundles hold no machine code'),
  Role: leftAside('nothing checks permissions'),
  LoggingConfig: leftAside('log lines go to the terminal'),
  TracingConfig: leftAside('there is no X-Ray'),
  RecursiveLoop: leftAside('nothing watches for loops'),
  RuntimeManagementConfig: leftAside('the runtime is the Node.js that runs this'),
  Tags: tags,
});

/** `AWS::Lambda::EventInvokeConfig`, as far as it runs. */
export const eventInvokeConfigSchema = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: number.optional(),
  MaximumEventAgeInSeconds: number.optional(),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: queueArn }).optional() }).optional(),
});

/** A function to run. */
export interface FunctionPlan {
  readonly logicalId: string;
  readonly name: string;
  readonly properties: z.infer<typeof functionSchema>;
  /** How asynchronous invocations are retried and where they end. */
  readonly eventInvoke: z.infer<typeof eventInvokeConfigSchema> | undefined;
}
