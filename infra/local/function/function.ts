import * as z from 'zod';
import type { Authority } from '../permission/authority.ts';
import type { Rights } from '../permission/grant.ts';
import { quotas } from '../quota/quotas.ts';
import { localArn } from '../template/location.ts';
import { atMost, leftAside, number, tags } from '../template/property.ts';
import type { TemplateReader } from '../template/read-resources.ts';
import type { Resource, ResourceType } from '../template/resource-type.ts';

const queueArn = z.string().regex(/^arn:aws:sqs:/, 'only queues run as destinations');

/** The ARN of a function by its name. */
export const functionArn = (name: string): string => localArn('lambda', `function:${name}`);

/** The name of the function that an ARN, a qualified ARN or an invocation URI means. */
export const functionNameOf = (arn: string): string => /:function:([^:/]+)/.exec(arn)?.[1] ?? arn;

const variables = z
  .record(z.string(), z.coerce.string())
  .refine((given) => Buffer.byteLength(JSON.stringify(given)) <= quotas.functionEnvironment.limit, {
    error: `AWS allows ${quotas.functionEnvironment.limit} ${quotas.functionEnvironment.unit}`,
  });

const schema = z.strictObject({
  FunctionName: z.string().optional(),
  Description: z.string().optional(),
  Runtime: z.string().regex(/^nodejs\d+\.x$/, 'only Node.js runtimes run here'),
  Handler: z.string().regex(/^[\w/-]+\.\w+$/, 'the handler must be file.export'),
  Code: z.strictObject({ S3Bucket: z.unknown(), S3Key: z.string(), SourceKMSKeyArn: z.unknown().optional() }),
  Environment: z.strictObject({ Variables: variables.default({}) }).optional(),
  Timeout: atMost(quotas.functionTimeout).default(3),
  MemorySize: number.default(128),
  ReservedConcurrentExecutions: number.optional(),
  DeadLetterConfig: z.strictObject({ TargetArn: queueArn }).optional(),
  Architectures: leftAside('the bundles hold no machine code'),
  Role: z.string(),
  LoggingConfig: z
    .strictObject({ LogGroup: z.string().optional(), LogFormat: leftAside('log lines are as functions write them') })
    .default({}),
  TracingConfig: z.strictObject({ Mode: z.enum(['Active', 'PassThrough']) }).default({ Mode: 'PassThrough' }),
  RecursiveLoop: z.enum(['Allow', 'Terminate']).default('Terminate'),
  RuntimeManagementConfig: leftAside('the runtime is the Node.js that runs this'),
  Tags: tags,
});

/** `AWS::Lambda::Function`, as far as it runs. */
export const functionType = {
  type: 'AWS::Lambda::Function',
  schema,
  attributes: { Arn: functionArn },
} satisfies ResourceType<typeof schema>;

/** A function to run, and what it may do. */
export interface FunctionPlan extends Resource<typeof schema> {
  readonly rights: Rights;
}

/** The functions of a template; one whose role Lambda cannot take on is refused. */
export const readFunctions = (reader: TemplateReader, authority: Authority): FunctionPlan[] =>
  reader.all(functionType).flatMap((fn) => {
    const rights = reader.attempt(`${fn.logicalId} (${functionType.type})`, () =>
      authority.ofRole(fn.properties.Role, fn.name, 'lambda.amazonaws.com'),
    );
    return rights ? { ...fn, rights } : [];
  });
