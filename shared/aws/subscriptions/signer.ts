import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Signer } from '#domain/subscriptions/ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { signingKeyOn } from './signing-key.ts';

/** HMAC-SHA-256 with the key of the stage. */
export const signerOn = (client: DynamoDBClient, tableName: string, now = Date.now): Signer => {
  const { find, ensure } = signingKeyOn(client, tableName, now);
  return {
    sign: async (text) => signatureOf(await ensure(), text),
    isSigned: async (text, signature) => {
      const key = await find();
      return key !== undefined && isEqual(signatureOf(key, text), signature);
    },
  };
};

/** The signer of this stage. */
export const signer: Signer = /* @__PURE__ */ lazily(() => signerOn(dynamodb(), liveTableName()));

const signatureOf = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('base64url');

/** Compares the texts, not the bytes that they stand for: one signature has one spelling only. */
const isEqual = (expected: string, given: string): boolean => {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
};
