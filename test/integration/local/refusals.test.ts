import { expect, test } from 'vitest';
import { readTemplate } from '#infra/local/stack-plan.ts';
import { StackRefused } from '#infra/local/template/refusal.ts';
import type { TemplateResource } from '#infra/local/template/template.ts';
import { arnOf, bus, everythingRole, httpApi, queue, rule } from './small-stack.ts';

const refusalsOf = (resources: Record<string, TemplateResource>): readonly string[] => {
  try {
    const surroundings = { stackName: 'small', sqsEndpoint: 'http://127.0.0.1:1', apiUrl: 'http://localhost:2' };
    readTemplate({ Resources: { ...everythingRole, ...resources } }, surroundings);
    return [];
  } catch (error) {
    if (error instanceof StackRefused) return error.refusals;
    throw error;
  }
};

const machine = (definition: object): Record<string, TemplateResource> => ({
  Flow: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { DefinitionString: JSON.stringify({ StartAt: 'Put', ...definition }) },
  },
});

const echo: Record<string, TemplateResource> = {
  Echo: {
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { S3Bucket: 'b', S3Key: 'k.zip' } },
  },
};

test.each<[string, Record<string, TemplateResource>, RegExp]>([
  ['a type', { Flow: { Type: 'AWS::StepFunctions::Activity' } }, /^Flow \(AWS::StepFunctions::Activity\): .*type/],
  ['a state', machine({ States: { Each: { Type: 'Map' } } }), /^Flow .*only tasks, waits, choices and ends run here/],
  [
    'a task',
    machine({ States: { Put: { Type: 'Task', Resource: 'arn:aws:states:::dynamodb:putItem' } } }),
    /^Flow .*the task arn:aws:states:::dynamodb:putItem invokes no function/,
  ],
  ['a property', queue('Jobs', { Policy: {} }), /^Jobs \(AWS::SQS::Queue\): Policy does not run/],
  [
    'a stream',
    { Table: table({ StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }) },
    /^Table .*streams do not run/,
  ],
  [
    'a runtime',
    {
      Echo: {
        ...echo.Echo,
        Type: 'AWS::Lambda::Function',
        Properties: { ...echo.Echo?.Properties, Runtime: 'python3.13' },
      },
    },
    /^Echo .*only Node.js/,
  ],
  [
    'a pattern',
    { ...bus('Bus'), ...queue('Jobs'), ...rule('Rule', 'Bus', { source: [{ regex: 'x' }] }, ['Jobs']) },
    /^Rule .*EventPattern\.source uses/,
  ],
  [
    'a schedule',
    {
      Timer: {
        Type: 'AWS::Events::Rule',
        Properties: { ScheduleExpression: 'rate(1 day)', EventPattern: { source: ['x'] } },
      },
    },
    /^Timer .*ScheduleExpression does not run/,
  ],
  [
    'an input transformer',
    {
      ...bus('Bus'),
      ...queue('Jobs'),
      ...rule('Rule', 'Bus', { source: ['x'] }, [{ to: 'Jobs', InputTransformer: {} }]),
    },
    /^Rule .*InputTransformer does not run/,
  ],
  [
    'a target',
    { ...bus('Bus'), Topic: { Type: 'AWS::SNS::Topic' }, ...rule('Rule', 'Bus', { source: ['x'] }, ['Topic']) },
    /^Rule .*neither a function, a queue nor a bus/,
  ],
  [
    'an integration',
    { ...echo, ...httpApi({ 'GET /': { fn: 'Echo' } }), Integration0: integration({ IntegrationType: 'HTTP_PROXY' }) },
    /^Integration0 .*only AWS_PROXY/,
  ],
  [
    'a route key that ends in a slash',
    { ...echo, ...httpApi({ 'GET /contacts/': { fn: 'Echo' } }) },
    /^Route0 .*RouteKey: API Gateway refuses it: a part of its path is empty/,
  ],
  [
    'a route key that another route has, whatever its variables are called',
    { ...echo, ...httpApi({ 'GET /{id}': { fn: 'Echo' }, 'GET /{name}': { fn: 'Echo' } }) },
    /^Route1 .*API Gateway refuses a second route of the key GET \/\{\}$/,
  ],
  [
    'a payload format',
    { ...echo, ...httpApi({ 'GET /': { fn: 'Echo' } }), Integration0: integration({ PayloadFormatVersion: '1.0' }) },
    /^Integration0 .*payload format 2.0/,
  ],
  [
    'an authorizer',
    { Authorizer: { Type: 'AWS::ApiGatewayV2::Authorizer' } },
    /^Authorizer \(AWS::ApiGatewayV2::Authorizer\)/,
  ],
  [
    'an event source',
    {
      ...echo,
      Source: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: 'arn:aws:kinesis:us-east-1:0:stream/s', FunctionName: 'Echo' },
      },
    },
    /^Source .*only SQS/,
  ],
  [
    'filter criteria',
    {
      ...echo,
      ...queue('Jobs'),
      Source: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: arnOf('Jobs'), FunctionName: 'Echo', FilterCriteria: {} },
      },
    },
    /^Source .*FilterCriteria does not run/,
  ],
  ['a condition', { Jobs: { ...queue('Jobs').Jobs, Condition: 'IsLarge' } as TemplateResource }, /^Jobs .*IsLarge/],
  ['an intrinsic function', queue('Jobs', { QueueName: { 'Fn::If': [] } }), /^Jobs .*Fn::If does not run/],
  ['an unknown reference', queue('Jobs', { QueueName: { Ref: 'Nobody' } }), /^Jobs .*Nobody does not exist/],
  [
    'an unknown attribute',
    { ...queue('Jobs'), ...queue('More', { QueueName: { 'Fn::GetAtt': ['Jobs', 'Colour'] } }) },
    /^More .*Jobs .* has no attribute Colour/,
  ],
])('what cannot run is refused by name: %s', (_name, resources, line) => {
  const refusals = refusalsOf(resources);

  expect(refusals).toContainEqual(expect.stringMatching(line));
});

test('everything that cannot run is told at once', () => {
  const refusals = refusalsOf({
    One: { Type: 'AWS::EC2::Instance' },
    Two: { Type: 'AWS::RDS::DBInstance' },
    ...queue('Jobs'),
  });

  expect(refusals.map((line) => line.split(' ')[0])).toEqual(['One', 'Two']);
});

test('what means nothing on a laptop is left aside', () => {
  expect(refusalsOf({ Alarm: { Type: 'AWS::CloudWatch::Alarm' }, ...queue('Jobs') })).toEqual([]);
});

function table(properties: object): TemplateResource {
  return {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      ...properties,
    },
  };
}

function integration(properties: object): TemplateResource {
  return {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arnOf('Echo'),
      PayloadFormatVersion: '2.0',
      ...properties,
    },
  };
}
