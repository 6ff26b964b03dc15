/** A request of Query, as far as it says which partition it reads. */
export interface PartitionQuery {
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The value of the partition key that a query reads, as DynamoDB writes it, by the key's name. */
export const partitionIn = (
  { KeyConditionExpression = '', ExpressionAttributeNames = {}, ExpressionAttributeValues = {} }: PartitionQuery,
  keyName: string | undefined,
): Readonly<Record<string, string>> | undefined => {
  const equations = [...KeyConditionExpression.matchAll(/([#\w]+)\s*=\s*(:\w+)/g)];
  const wanted = equations.find(([, name = '']) => (ExpressionAttributeNames[name] ?? name) === keyName);
  return ExpressionAttributeValues[wanted?.[2] ?? ''];
};
