import { queueUrl } from '../resources/queue.ts';
import { stateMachineArn } from '../resources/state-machine.ts';
import { localArn } from './location.ts';
import { Refusal } from './refusal.ts';
import type { AttributeOf, Resolver } from './resolve-intrinsics.ts';
import type { Template, TemplateResource } from './template.ts';

/** What the attributes of resources are made from. */
export interface AttributeSources {
  readonly template: Template;
  readonly stackName: string;
  /** The queue engine as functions reach it; queue URLs are under it. */
  readonly sqsEndpoint: string;
  /** Where the HTTP API answers. */
  readonly apiUrl: string;
}

/** The id that every HTTP API has here: there is one gateway. */
export const localApiId = 'local';

interface Subject {
  readonly name: string;
  readonly sources: AttributeSources;
}

type Attributes = Readonly<Record<string, (subject: Subject) => string>>;

/** Answers `Ref` and `Fn::GetAtt` for the resources of a template. */
export const attributesOf =
  (sources: AttributeSources): AttributeOf =>
  (logicalId, attribute, resolve) => {
    const resource = sources.template.Resources?.[logicalId];
    if (!resource) throw new Refusal(`${logicalId} does not exist in the template`);
    const name = physicalName(sources.stackName, logicalId, resource, resolve);
    const known = attributesByType[resource.Type];
    const value = known ? (known[attribute] ?? byDefault[attribute]) : elsewhere(attribute);
    if (!value) throw new Refusal(`${logicalId} (${resource.Type}) has no attribute ${attribute} here`);
    return value({ name, sources });
  };

/** The name of a resource: its own, or one made of the stack's name and its logical id. */
export const physicalName = (
  stackName: string,
  logicalId: string,
  resource: TemplateResource,
  resolve: Resolver['resolve'],
): string => {
  const nameProperty = nameProperties.find((property) => resource.Properties?.[property] !== undefined);
  const given = nameProperty ? resolve(resource.Properties?.[nameProperty]) : undefined;
  if (typeof given === 'string') return given;
  const name = `${stackName}-${logicalId}`;
  return resource.Type === 'AWS::S3::Bucket'
    ? name
        .toLowerCase()
        .slice(-63)
        .replace(/^[^a-z0-9]+/, '')
    : name;
};

const nameProperties = [
  'TableName',
  'QueueName',
  'BucketName',
  'FunctionName',
  'RoleName',
  'LogGroupName',
  'StateMachineName',
  'Name',
];

const nameOnly = ({ name }: Subject) => name;

const byDefault: Attributes = { Ref: nameOnly };

const tableAttributes: Attributes = { Arn: ({ name }) => localArn('dynamodb', `table/${name}`) };

const attributesByType: Readonly<Record<string, Attributes>> = {
  'AWS::DynamoDB::Table': tableAttributes,
  'AWS::DynamoDB::GlobalTable': tableAttributes,
  'AWS::SQS::Queue': {
    Ref: ({ name, sources }) => queueUrl(sources.sqsEndpoint, name),
    QueueUrl: ({ name, sources }) => queueUrl(sources.sqsEndpoint, name),
    QueueName: nameOnly,
    Arn: ({ name }) => localArn('sqs', name),
  },
  'AWS::S3::Bucket': {
    Arn: ({ name }) => `arn:aws:s3:::${name}`,
    DomainName: ({ name }) => `${name}.s3.amazonaws.com`,
    RegionalDomainName: ({ name }) => `${name}.s3.us-east-1.amazonaws.com`,
  },
  'AWS::Lambda::Function': { Arn: ({ name }) => localArn('lambda', `function:${name}`) },
  'AWS::Lambda::EventSourceMapping': { Id: nameOnly },
  'AWS::Events::EventBus': { Name: nameOnly, Arn: ({ name }) => localArn('events', `event-bus/${name}`) },
  'AWS::Events::Rule': { Arn: ({ name }) => localArn('events', `rule/${name}`) },
  'AWS::StepFunctions::StateMachine': {
    Ref: ({ name }) => stateMachineArn(name),
    Arn: ({ name }) => stateMachineArn(name),
    Name: nameOnly,
  },
  'AWS::ApiGatewayV2::Api': {
    Ref: () => localApiId,
    ApiId: () => localApiId,
    ApiEndpoint: ({ sources }) => sources.apiUrl,
  },
  'AWS::ApiGatewayV2::Integration': { Ref: nameOnly, IntegrationId: nameOnly },
  'AWS::ApiGatewayV2::Route': { RouteId: nameOnly },
  'AWS::ApiGatewayV2::Stage': { Ref: () => '$default' },
};

/** What is left aside still has to have a name and an ARN where others mention it. */
const elsewhere =
  (attribute: string) =>
  ({ name }: Subject) =>
    attribute === 'Ref' ? name : `arn:aws:left-aside:::${name}/${attribute}`;
