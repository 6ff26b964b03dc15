import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { fromItem, type Item } from '#aws/table/item.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import type { Claim, Identity, IdentityType } from '#domain/contacts/identity.ts';
import type { Membership } from '#domain/segments/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { clientFor } from '#test/support/engines.ts';

/** What the table holds of people. */
export interface StoredItems {
  readonly claims: readonly Claim[];
  readonly contacts: readonly Contact[];
  readonly memberships: readonly Membership[];
  /** The ids of segments. */
  readonly segments: ReadonlySet<number>;
}

/** Reads all of the table of a stack. */
export const readStoredItems = async (environment: Readonly<Record<string, string>>): Promise<StoredItems> => {
  const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', [environmentNames.tableName]: tableName = '' } = environment;
  const client = new DynamoDBClient(clientFor({ endpoint }));
  const items = await scan(client, tableName);
  client.destroy();
  const ofKind = (kind: RegExp) => items.filter(({ sk }) => kind.test(sk?.S ?? ''));
  return {
    claims: ofKind(/^IDENTITY$/).map((item) => ({ ...fromItem<Claim>(item), identity: identityOf(item) })),
    contacts: ofKind(/^CONTACT$/).map((item) => fromItem<Contact>(item)),
    memberships: ofKind(/^SEGMENT#/).map((item) => fromItem<Membership>(item)),
    segments: new Set(ofKind(/^SEGMENT$/).map(({ pk }) => Number(pk?.S?.split('#')[1]))),
  };
};

const scan = async (client: DynamoDBClient, TableName: string): Promise<Item[]> => {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName, ConsistentRead: true, ...(from && { ExclusiveStartKey: from }) }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
};

const identityOf = ({ pk }: Item): Identity => {
  const [type = '', ...value] = (pk?.S ?? '').split('#');
  return { type: type as IdentityType, value: value.join('#') };
};
