/* Amazon SQS keeps the tracing header of a request as the attribute `AWSTraceHeader` of its messages. The engine does not:
   here it is a message attribute of that name on its way. */

const name = 'AWSTraceHeader';

interface Entry {
  readonly MessageAttributes?: Readonly<Record<string, unknown>>;
}

/** The body of a request to send messages, each with the tracing header of the request. */
export const withTrace = (body: string, trace: string): string => {
  const request = JSON.parse(body) as Entry & { readonly MessageBody?: string; readonly Entries?: readonly Entry[] };
  const add = (entry: Entry) => ({
    ...entry,
    MessageAttributes: { ...entry.MessageAttributes, [name]: { DataType: 'String', StringValue: trace } },
  });
  if (request.MessageBody !== undefined) return JSON.stringify(add(request));
  return JSON.stringify({ ...request, Entries: request.Entries?.map(add) });
};

interface Message {
  readonly Attributes: Readonly<Record<string, string>>;
  readonly MessageAttributes: Readonly<Record<string, { readonly StringValue?: string | undefined }>>;
}

/** A message as Amazon SQS hands it out. */
export const asHandedOut = <Received extends Message>(message: Received): Received => {
  const { [name]: trace, ...MessageAttributes } = message.MessageAttributes;
  if (trace?.StringValue === undefined) return message;
  return { ...message, MessageAttributes, Attributes: { ...message.Attributes, [name]: trace.StringValue } };
};

/** The tracing header with which a message was sent, if there was one. */
export const traceOf = ({ Attributes }: Message): string | undefined => Attributes[name];
