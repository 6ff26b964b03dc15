import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Sealer } from '#domain/files/fetch-ports.ts';
import { lazily } from '../clients/connect.ts';
import { dynamodb, tableName as liveTableName } from '../clients/dynamodb-client.ts';
import { signingKeyOn } from '../subscriptions/signing-key.ts';

/** Bytes of the random start of each seal, and of the tag that shows whether it was changed (NIST SP 800-38D). */
const nonceLength = 12;
const tagLength = 16;

/** AES-256-GCM under a key derived from that of the stage, which is never used for two purposes. */
export const sealerOn = (client: DynamoDBClient, tableName: string): Sealer => {
  const { find, ensure } = signingKeyOn(client, tableName);
  return {
    seal: async (text, context) => {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', sealingKeyOf(await ensure()), nonce).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return sealed.toString('base64url');
    },
    open: async (sealed, context) => {
      const key = await find();
      return key && opened(sealingKeyOf(key), Buffer.from(sealed, 'base64url'), context);
    },
  };
};

/** The sealer of this stage. */
export const sealer: Sealer = /* @__PURE__ */ lazily(() => sealerOn(dynamodb(), liveTableName()));

const sealingKeyOf = (key: Buffer): Buffer => Buffer.from(hkdfSync('sha256', key, '', 'rollcall sealed texts', 32));

const opened = (key: Buffer, sealed: Buffer, context: string): string | undefined => {
  if (sealed.length < nonceLength + tagLength) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(-tagLength));
  try {
    const text = Buffer.concat([decipher.update(sealed.subarray(nonceLength, -tagLength)), decipher.final()]);
    return text.toString('utf8');
  } catch {
    return undefined;
  }
};
