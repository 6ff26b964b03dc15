import { Agent, type IncomingMessage, request } from 'node:http';
import { location } from '../template/location.ts';

/** One call of an AWS service by its JSON protocol. */
export interface AwsJsonCall {
  readonly endpoint: string;
  /** `<service prefix>.<operation>`, as in `AmazonSQS.ReceiveMessage`. */
  readonly target: string;
  readonly version?: '1.0' | '1.1';
  readonly body: unknown;
  readonly signal?: AbortSignal;
}

/** What an engine answered when it refused a call; `code` is the service's name of the error. */
export class AwsCallFailed extends Error {
  override name = 'AwsCallFailed';
  readonly code: string;

  constructor(target: string, code: string, message: string) {
    super(`${target} failed: ${code}: ${message}`);
    this.code = code;
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** The engines check no signature, but read the region out of the credential's scope. */
const authorization = `AWS4-HMAC-SHA256 Credential=S3RVER/20260101/${location.region}/local/aws4_request, SignedHeaders=host, Signature=0`;

/** Calls an engine and returns its answer. Throws `AwsCallFailed` when the engine refuses. */
export const callAws = async ({ endpoint, target, version = '1.0', body, signal }: AwsJsonCall): Promise<unknown> => {
  const payload = JSON.stringify(body);
  const response = await send(endpoint, signal, payload, {
    authorization,
    'x-amz-date': new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ''),
    'content-type': `application/x-amz-json-${version}`,
    'x-amz-target': target,
    'content-length': String(Buffer.byteLength(payload)),
  });
  const answer: unknown = response.text === '' ? {} : JSON.parse(response.text);
  if (response.status < 300) return answer;
  throw failure(target, answer);
};

const send = (endpoint: string, signal: AbortSignal | undefined, payload: string, headers: Record<string, string>) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const outgoing = request(endpoint, { method: 'POST', agent, headers, ...(signal && { signal }) }, (incoming) => {
      readText(incoming).then((text) => resolve({ status: incoming.statusCode ?? 500, text }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(payload);
  });

const readText = async (incoming: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

const failure = (target: string, answer: unknown): AwsCallFailed => {
  const { __type: type, message, Message } = answer as { __type?: string; message?: string; Message?: string };
  return new AwsCallFailed(target, type?.split('#').at(-1) ?? 'UnknownError', message ?? Message ?? '');
};
