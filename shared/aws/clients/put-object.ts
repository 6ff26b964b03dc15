import { createHash, createHmac } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import { withRetry } from './retry.ts';

/** An object to write, whole. */
export interface NewObject {
  readonly bucket: string;
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
}

/** Writes one object; what it throws is what `withRetry` throws. */
export type PutObject = (object: NewObject) => Promise<void>;

/**
 * Writes objects by the credentials, region and connections of the DynamoDB client: a function that only writes objects loads
 * no S3 client, which would be a fifth of its code. Objects of up to 5 GB (S3 API reference, PutObject).
 */
export const putObjectBy = (
  { config }: DynamoDBClient,
  endpoint: string | undefined = process.env.AWS_ENDPOINT_URL_S3,
): PutObject => {
  const { credentials, region } = config;
  const signer = new SignatureV4({ service: 's3', credentials, region, sha256: Sha256, uriEscapePath: false });

  return ({ bucket, key, body, contentType }) =>
    withRetry(async () => {
      const url = new URL(
        endpoint === undefined
          ? `https://${bucket}.s3.${await region()}.amazonaws.com/${encodedKey(key)}`
          : `${endpoint}/${bucket}/${encodedKey(key)}`,
      );
      const request = {
        method: 'PUT',
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port && { port: Number(url.port) }),
        path: url.pathname,
        query: {},
        headers: { host: url.host, 'content-type': contentType, 'content-length': String(body.length) },
        body,
      };
      const signed = await signer.sign(request);
      const { response } = await config.requestHandler.handle({ ...request, ...signed } as never, {
        requestTimeout: requestTimeoutMs,
      });
      const answer = await text(response.body);
      if (response.statusCode >= 300) throw new ObjectRefused(response.statusCode, answer);
    });
};

/** Objects take longer than items. */
const requestTimeoutMs = 30_000;

const encodedKey = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

/** S3 refused an object; the name is its error code, as of the errors of the SDK. */
class ObjectRefused extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(status: number, answer: string) {
    super(`S3 answered ${status}`);
    this.name = /<Code>([A-Za-z]{1,60})<\/Code>/.exec(answer)?.[1] ?? 'S3Error';
    this.$metadata = { httpStatusCode: status };
  }
}

/** SHA-256, and HMAC with a key, in the form that signing asks for. */
class Sha256 {
  private readonly hash: { update(data: Uint8Array | string): unknown; digest(): Buffer };

  constructor(key?: Parameters<typeof bytesOf>[0]) {
    this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(key));
  }

  update(data: Parameters<typeof bytesOf>[0]): void {
    this.hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

const bytesOf = (data: string | ArrayBuffer | ArrayBufferView): Uint8Array => {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
};
