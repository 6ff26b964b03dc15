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

/** Which bytes of an object are wanted. */
export interface ObjectRange {
  readonly bucket: string;
  readonly key: string;
  /** As in an HTTP Range. */
  readonly range: string;
  /** The entity tag that the object must still have. */
  readonly ifMatch?: string | undefined;
}

/** Requests for single objects; what they throw is what `withRetry` throws. */
export interface ObjectRequests {
  put(object: NewObject): Promise<void>;
  get(range: ObjectRange): Promise<{ readonly body: AsyncIterable<Uint8Array>; readonly tag: string | undefined }>;
  remove(object: Pick<NewObject, 'bucket' | 'key'>): Promise<void>;
}

/**
 * Reads and writes objects by the credentials, region and connections of the DynamoDB client: a function that asks for nothing
 * else of S3 loads no S3 client, which would be a fifth of its code. Objects of up to 5 GB (S3 API reference, PutObject).
 */
export const objectRequestsBy = (
  { config }: DynamoDBClient,
  endpoint: string | undefined = process.env.AWS_ENDPOINT_URL_S3,
): ObjectRequests => {
  const { credentials, region } = config;
  const signer = new SignatureV4({ service: 's3', credentials, region, sha256: Sha256, uriEscapePath: false });

  const send = async ({ method, bucket, key, headers = {}, body }: ObjectRequest) => {
    const url = new URL(
      endpoint === undefined
        ? `https://${bucket}.s3.${await region()}.amazonaws.com/${encodedKey(key)}`
        : `${endpoint}/${bucket}/${encodedKey(key)}`,
    );
    const request = {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port && { port: Number(url.port) }),
      path: url.pathname,
      query: {},
      headers: { host: url.host, ...headers },
      ...(body && { body }),
    };
    const signed = await signer.sign(request);
    const { response } = await config.requestHandler.handle({ ...request, ...signed } as never, {
      requestTimeout: requestTimeoutMs,
    });
    if (response.statusCode >= 300) throw new ObjectRefused(response.statusCode, await text(response.body));
    return response;
  };

  return {
    put: ({ bucket, key, body, contentType }) =>
      withRetry(async () => {
        const headers = { 'content-type': contentType, 'content-length': String(body.length) };
        await text((await send({ method: 'PUT', bucket, key, headers, body })).body);
      }),

    get: ({ bucket, key, range, ifMatch }) =>
      withRetry(async () => {
        const headers = { range, ...(ifMatch !== undefined && { 'if-match': ifMatch }) };
        const { body, headers: answered } = await send({ method: 'GET', bucket, key, headers });
        return { body, tag: answered.etag };
      }),

    remove: ({ bucket, key }) =>
      withRetry(async () => {
        await text((await send({ method: 'DELETE', bucket, key })).body);
      }),
  };
};

interface ObjectRequest extends Pick<NewObject, 'bucket' | 'key'> {
  readonly method: 'PUT' | 'GET' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

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
