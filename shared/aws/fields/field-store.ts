import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CustomField } from '#domain/fields/custom-field.ts';
import { lastReservedFieldId, personalFields } from '#domain/fields/personal-fields.ts';
import type { FieldStore } from '#domain/fields/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { fromItem, toItem } from '../table/item.ts';
import { keys } from '../table/keys.ts';
import { itemsOfPartition } from '../table/query.ts';
import { leaseFrom } from '../table/sequence.ts';

/** Custom fields in one partition, keyed by what must be unique: the group and the key within it. */
export const fieldStore = (client: DynamoDBClient, tableName: string): FieldStore => ({
  list: async () => {
    const items = await itemsOfPartition(client, tableName, keys.fieldPartition);
    const defined = items.map((item) => fromItem<CustomField>(item));
    return [...personalFields, ...defined].sort((one, other) => one.id - other.id);
  },

  create: async (draft) => {
    if (personalFields.some(({ group, key }) => group === draft.group && key === draft.key)) return undefined;
    const [leased = 0] = await leaseFrom(client, tableName, 'field', 1);
    const field: CustomField = { ...draft, id: lastReservedFieldId + leased };
    const isCreated = await conditionalWrite(
      client,
      {
        put: {
          TableName: tableName,
          Item: toItem(keys.field(field), field),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      ({ existing }) => existing?.id?.N === String(field.id),
    );
    return isCreated ? field : undefined;
  },
});

/** The custom fields of this stage. */
export const fields: FieldStore = /* @__PURE__ */ lazily(() => fieldStore(dynamodb(), liveTableName()));
