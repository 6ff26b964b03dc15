import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '#infra/local/start-local-stack.ts';
import type { Template, TemplateResource } from '#infra/local/template/template.ts';

/** What a small stack is made of. */
export interface SmallStack {
  readonly resources?: Readonly<Record<string, TemplateResource>>;
  /** The source of each function's module, by the function's logical id. */
  readonly functions?: Readonly<Record<string, string>>;
  /** Properties of functions beside their code, by logical id. */
  readonly functionProperties?: Readonly<Record<string, object>>;
}

/** Runs a small template on a free port, with functions written on the spot. */
export const startSmallStack = async (
  { resources = {}, functions = {}, functionProperties = {} }: SmallStack,
  options: LocalStackOptions = {},
): Promise<LocalStack> => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-test-'));
  const own = Object.keys(functions).map((id) => [id, functionResource(id, functionProperties[id] ?? {})] as const);
  const template: Template = { Resources: { ...everythingRole, ...Object.fromEntries(own), ...resources } };
  for (const [id, code] of Object.entries(functions)) await writeFile(join(folder, `${id}.mjs`), code);
  const stack = await startLocalStack({
    source: { template, stackName: 'small', folderOf: () => folder },
    logLevel: 'SILENT',
    writeLog: () => {},
    ...options,
  });
  const stop = async () => {
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...stack, stop };
};

const functionResource = (id: string, properties: object): TemplateResource => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: id,
    Runtime: 'nodejs24.x',
    Handler: `${id}.handler`,
    Code: { S3Bucket: 'assets', S3Key: `${id}.zip` },
    Timeout: 10,
    Role: arnOf('MayDoEverything'),
    ...properties,
  },
});

/** A role with these rights, that each of the services that run here can take on. */
export const role = (id: string, statements: readonly object[]): Record<string, TemplateResource> => ({
  [id]: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: policy([
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: ['lambda', 'states', 'apigateway', 'events'].map((name) => `${name}.amazonaws.com`) },
        },
      ]),
      Policies: [{ PolicyName: 'Rights', PolicyDocument: policy(statements) }],
    },
  },
});

const policy = (Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });

/** The role of everything in a small stack that is not about permissions. */
export const everythingRole = role('MayDoEverything', [{ Effect: 'Allow', Action: '*', Resource: '*' }]);

/** A queue, named as its logical id, that every rule may send to. */
export const queue = (name: string, properties: object = {}): Record<string, TemplateResource> => ({
  [name]: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name, ...properties } },
  [`${name}Policy`]: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: name }],
      PolicyDocument: policy([
        {
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Principal: { Service: 'events.amazonaws.com' },
          Resource: arnOf(name),
        },
      ]),
    },
  },
});

/** The ARN of a resource of the template. */
export const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** A mapping from a queue to a function. */
export const eventSource = (from: string, to: string, properties: object = {}): Record<string, TemplateResource> => ({
  [`${from}To${to}`]: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: arnOf(from),
      FunctionName: { Ref: to },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ...properties,
    },
  },
});

/** A rule on a bus of the template that sends what matches to targets by their logical ids. */
export const rule = (
  id: string,
  bus: string,
  pattern: object,
  targets: readonly (string | ({ to: string } & Record<string, unknown>))[],
): Record<string, TemplateResource> => ({
  [id]: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: { Ref: bus },
      EventPattern: pattern,
      Targets: targets.map((target, at) => {
        const { to, ...properties } = typeof target === 'string' ? { to: target } : target;
        return { Id: `Target${at}`, Arn: arnOf(to), RoleArn: arnOf('MayDoEverything'), ...properties };
      }),
    },
  },
});

/** A bus, named as its logical id. */
export const bus = (name: string): Record<string, TemplateResource> => ({
  [name]: { Type: 'AWS::Events::EventBus', Properties: { Name: name } },
});

/** An HTTP API with its routes; a route may have its own throttle and time-out. */
export const httpApi = (
  routes: Readonly<Record<string, { fn: string; timeoutMs?: number; throttle?: object }>>,
  properties: object = {},
): Record<string, TemplateResource> => {
  const api = { Ref: 'Api' };
  const resources: Record<string, TemplateResource> = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'small', ProtocolType: 'HTTP', ...properties } },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: api,
        StageName: '$default',
        AutoDeploy: true,
        RouteSettings: Object.fromEntries(Object.entries(routes).map(([key, { throttle }]) => [key, throttle ?? {}])),
      },
    },
  };
  for (const [at, [RouteKey, { fn, timeoutMs }]] of Object.entries(routes).entries()) {
    resources[`Integration${at}`] = {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: api,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: arnOf(fn),
        PayloadFormatVersion: '2.0',
        CredentialsArn: arnOf('MayDoEverything'),
        ...(timeoutMs !== undefined && { TimeoutInMillis: timeoutMs }),
      },
    };
    resources[`Route${at}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: api,
        RouteKey,
        Target: { 'Fn::Join': ['/', ['integrations', { Ref: `Integration${at}` }]] },
      },
    };
  }
  return resources;
};
