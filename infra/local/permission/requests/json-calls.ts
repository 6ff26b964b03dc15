import { localArn } from '../../template/location.ts';
import type { Call } from '../grant.ts';
import { type CallsOf, operationOf, type ServiceRequest, unknownOperation } from './service-request.ts';

/** What requests to Amazon SQS ask for; a batch asks for the same as one of its entries. */
export const sqsCalls: CallsOf = (request) => {
  const operation = operationOf(request).replace(/Batch$/, '');
  if (!sqsOperations.has(operation)) throw unknownOperation('Amazon SQS', operation);
  const { QueueUrl } = bodyOf<{ QueueUrl: string }>(request);
  return [{ action: `sqs:${operation}`, resource: localArn('sqs', QueueUrl.split('/').at(-1) ?? '') }];
};

const sqsOperations: ReadonlySet<string> = new Set([
  'SendMessage',
  'ReceiveMessage',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
]);

/** What requests to Amazon EventBridge ask for: each bus of their entries. */
export const eventBridgeCalls: CallsOf = (request) => {
  const operation = operationOf(request);
  if (operation !== 'PutEvents') throw unknownOperation('Amazon EventBridge', operation);
  const { Entries } = bodyOf<{ Entries: readonly { readonly EventBusName?: string }[] }>(request);
  const buses = new Set(Entries.map(({ EventBusName = 'default' }) => EventBusName.replace(/^.*:event-bus\//, '')));
  return [...buses].map((bus) => ({ action: 'events:PutEvents', resource: localArn('events', `event-bus/${bus}`) }));
};

/** What requests to AWS Step Functions ask for; a task token says which machine it is of. */
export const stepFunctionsCalls: CallsOf = (request) => {
  const operation = operationOf(request);
  const body = bodyOf<{ stateMachineArn?: string; executionArn?: string; taskToken?: string }>(request);
  const machine = body.taskToken?.split('/')[1];
  const resource =
    body.stateMachineArn ?? body.executionArn ?? (machine && localArn('states', `stateMachine:${machine}`));
  if (resource === undefined) throw unknownOperation('AWS Step Functions', operation);
  return [{ action: `states:${operation}`, resource }];
};

/** What requests to Amazon SES ask for: who the message is from, and its configuration set. */
export const sesCalls: CallsOf = (request) => {
  const { method, path } = request;
  if (method !== 'POST' || path !== '/v2/email/outbound-emails') throw unknownOperation('Amazon SES', path);
  const { FromEmailAddress = '', ConfigurationSetName } = bodyOf<Record<string, string>>(request);
  const address = /<([^>]*)>\s*$/.exec(FromEmailAddress)?.[1] ?? FromEmailAddress;
  const send = (resource: string): Call => ({
    action: 'ses:SendEmail',
    resource: localArn('ses', resource),
    context: { 'ses:FromAddress': [address] },
  });
  return [
    send(`identity/${address}`),
    ...(ConfigurationSetName === undefined ? [] : [send(`configuration-set/${ConfigurationSetName}`)]),
  ];
};

/** What requests to AWS End User Messaging ask for: what the text comes from. */
export const smsCalls: CallsOf = (request) => {
  const operation = operationOf(request);
  if (operation !== 'SendTextMessage') throw unknownOperation('AWS End User Messaging', operation);
  const { OriginationIdentity: from = '' } = bodyOf<Record<string, string>>(request);
  return [{ action: 'sms-voice:SendTextMessage', resource: originOf(from) }];
};

const originOf = (from: string): string => {
  if (from.startsWith('arn:')) return from;
  if (/^(phone|pool)-/.test(from))
    return localArn('sms-voice', `${from.startsWith('pool') ? 'pool' : 'phone-number'}/${from}`);
  return localArn('sms-voice', /^\+?\d+$/.test(from) ? `phone-number/${from}` : `sender-id/${from}/UA`);
};

/** What requests to AWS Lambda ask for. */
export const lambdaCalls: CallsOf = ({ method, path }) => {
  const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path) ?? [];
  if (method !== 'POST' || name === undefined) throw unknownOperation('AWS Lambda', `${method} ${path}`);
  const resource = localArn('lambda', `function:${decodeURIComponent(name).replace(/^.*:function:/, '')}`);
  return [{ action: 'lambda:InvokeFunction', resource }];
};

const bodyOf = <Body>({ body }: ServiceRequest): Body => JSON.parse(body);
