import { gunzipSync, gzipSync } from 'node:zlib';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { answersKeptHours, type KeptAnswer, type KeptRequest, type NamedRequest } from '#domain/keys/kept-request.ts';
import type { ApiKeyStore } from '#domain/keys/ports.ts';
import { conditionalWrite } from '../table/conditional-write.ts';
import { type Item, toKey, toValues } from '../table/item.ts';
import { keys } from '../table/keys.ts';

/** Bytes of an answer, deflated, that an item keeps (an AWS DynamoDB limit: 400 KB an item). */
const maxAnswerBytes = 380_000;

type RequestStore = Pick<ApiKeyStore, 'takeRequest' | 'keepAnswer' | 'giveBackRequest'>;

/** Requests that their callers named, an item each beside the uses of their API key. */
export const keptRequests = (client: DynamoDBClient, TableName: string): RequestStore => {
  const update = (request: NamedRequest, { values, ...expressions }: Update) => ({
    TableName,
    Key: toKey(keys.keptRequest(request)),
    ...expressions,
    ExpressionAttributeValues: toValues(values),
  });

  const giveBackRequest = async (request: NamedRequest): Promise<void> => {
    const released = update(request, {
      UpdateExpression: 'SET heldUntil = :never',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(answer)',
      values: { ':never': '' },
    });
    await conditionalWrite(client, { update: released }, () => true);
  };

  return {
    takeRequest: async (request, { fingerprint, now, heldUntil }) => {
      let before: Item | undefined;
      const isTaken = await conditionalWrite(
        client,
        {
          update: update(request, {
            UpdateExpression: 'SET fingerprint = :fingerprint, heldUntil = :heldUntil, #ttl = :ttl REMOVE answer',
            ConditionExpression:
              'attribute_not_exists(pk) OR #ttl <= :seconds OR (attribute_not_exists(answer) AND fingerprint = :fingerprint AND heldUntil <= :now)',
            ExpressionAttributeNames: { '#ttl': 'ttl' },
            values: {
              ':fingerprint': fingerprint,
              ':heldUntil': heldUntil,
              ':now': now,
              ':seconds': secondsOf(now),
              ':ttl': secondsOf(now) + answersKeptHours * 3600,
            },
          }),
        },
        ({ existing, isRepeat }) => {
          before = existing;
          // The answer to the call before this one was lost.
          return isRepeat && existing?.heldUntil?.S === heldUntil && existing.fingerprint?.S === fingerprint;
        },
      );
      return isTaken || !before ? undefined : requestOf(before);
    },

    keepAnswer: async (request, answer) => {
      const bytes = gzipSync(JSON.stringify(answer));
      if (bytes.length > maxAnswerBytes) return giveBackRequest(request);
      await conditionalWrite(
        client,
        {
          update: {
            ...update(request, { UpdateExpression: 'SET answer = :answer', values: {} }),
            ExpressionAttributeValues: { ':answer': { B: bytes } },
          },
        },
        () => true,
      );
    },

    giveBackRequest,
  };
};

interface Update {
  readonly UpdateExpression: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly values: object;
}

const requestOf = (item: Item): KeptRequest => ({
  fingerprint: item.fingerprint?.S ?? '',
  heldUntil: item.heldUntil?.S ?? '',
  ...(item.answer?.B && { answer: answerOf(item.answer.B) }),
});

const answerOf = (bytes: Uint8Array): KeptAnswer => JSON.parse(gunzipSync(bytes).toString());

const secondsOf = (time: string): number => Math.floor(Date.parse(time) / 1000);
