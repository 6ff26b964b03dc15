import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { startS3 } from '#infra/local/bucket/s3.ts';
import { callAws } from '#infra/local/engine/call-aws.ts';
import { removeLeftFolders } from '#infra/local/engine/temporary-folder.ts';
import { startLocalStack } from '#infra/local/start-local-stack.ts';
import { startDynamoDb } from '#infra/local/table/dynamodb.ts';
import type { TemplateResource } from '#infra/local/template/template.ts';
import { waitFor } from '#test/support/local-stack.ts';
import { queue, startSmallStack } from './small-stack.ts';

const folders: string[] = [];

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const temporaryFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-test-'));
  folders.push(folder);
  return folder;
};

const table = (extra: object = {}): TemplateResource => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'things',
    AttributeDefinitions: ['pk', 'colour']
      .map((AttributeName) => ({ AttributeName, AttributeType: 'S' }))
      .slice(0, 'GlobalSecondaryIndexes' in extra ? 2 : 1),
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    ...extra,
  },
});

const bucket: TemplateResource = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } };

/** Reads and writes carry a header of the SDK's, by which the engine knows them. */
const sdk = { 'x-amz-date': '20260101T000000Z' };

describe('the S3 engine', () => {
  test('refuses to leave its folder, however the way out is spelled', async () => {
    const dataDir = await temporaryFolder();
    const engine = await startS3({ dataDir });
    await fetch(`${engine.endpoint}/files`, { method: 'PUT', headers: sdk });

    const paths = [
      'files/..%2f..%2fescaped',
      'files/x%2f%2e%2e%2f..%2f..%2fescaped',
      '..%2fescaped',
      'files/%252e%252e%252f%252e%252e%252fescaped',
      'files/..%5c..%5cescaped',
    ];
    const answers = await Promise.all(
      paths.map((path) => fetch(`${engine.endpoint}/${path}`, { method: 'PUT', body: 'x', headers: sdk })),
    );

    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 400));
    expect(existsSync(join(dataDir, 'escaped._S3rver_object'))).toBe(false);
    await engine.stop();
  });

  test('creates an object once where If-None-Match asks for it', async () => {
    const engine = await startS3({ dataDir: undefined });
    await fetch(`${engine.endpoint}/files`, { method: 'PUT', headers: sdk });
    const create = (body: string) =>
      fetch(`${engine.endpoint}/files/a/b`, { method: 'PUT', body, headers: { ...sdk, 'if-none-match': '*' } });

    const statuses = (await Promise.all(Array.from({ length: 20 }, (_, at) => create(String(at))))).map(
      ({ status }) => status,
    );

    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(19);
    await engine.stop();
  });

  test('replaces an object only in the form that If-Match names', async () => {
    const engine = await startS3({ dataDir: undefined });
    await fetch(`${engine.endpoint}/files`, { method: 'PUT', headers: sdk });
    const first = await fetch(`${engine.endpoint}/files/a/b`, { method: 'PUT', body: 'first', headers: sdk });
    const tag = first.headers.get('etag') ?? '';
    const replace = (body: string) =>
      fetch(`${engine.endpoint}/files/a/b`, { method: 'PUT', body, headers: { ...sdk, 'if-match': tag } });

    const statuses = (await Promise.all(Array.from({ length: 10 }, (_, at) => replace(String(at))))).map(
      ({ status }) => status,
    );

    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(9);
    await engine.stop();
  });
});

describe('the DynamoDB engine', () => {
  test('is replaced by the server that AWS_ENDPOINT_URL_DYNAMODB names', async () => {
    const engine = await startDynamoDb({ dataDir: undefined, endpoint: 'http://127.0.0.1:8000/' });

    expect(engine.endpoint).toBe('http://127.0.0.1:8000');
    await engine.stop();
  });
});

describe('a stack', () => {
  test('has its folder of data for itself until it stops', async () => {
    const dataDir = await temporaryFolder();
    const first = await startSmallStack({}, { dataDir });

    const second = startSmallStack({}, { dataDir });

    await expect(second).rejects.toThrow(
      `Another local stack has the data of ${dataDir}: stop it, or set DATA_DIR to another folder.`,
    );
    await first.stop();
    await (await startSmallStack({}, { dataDir })).stop();
  });

  test("removes what stacks that were killed left in the folder for temporary files, and nobody else's", async () => {
    const { pid: ended } = spawnSync('true');
    const of = (kind: string, pid: number | undefined) => join(tmpdir(), `rollcall-${kind}-${pid}-test`);
    const [left, others, own] = [of('stack', ended), of('notes', ended), of('objects', process.pid)];
    for (const folder of [left, others, own]) await mkdir(folder, { recursive: true });
    folders.push(others, own);

    await removeLeftFolders();

    expect([left, others, own].map((folder) => existsSync(folder))).toEqual([false, true, true]);
  });

  test('answers on loopback only', async () => {
    const stack = await startSmallStack({ resources: { ...queue('Jobs'), Bucket: bucket, Table: table() } });
    const outside = Object.values(networkInterfaces()).flatMap((addresses = []) =>
      addresses.filter(({ internal, family }) => !internal && family === 'IPv4'),
    );
    const endpoints = Object.entries(stack.environment).filter(([name]) => name.startsWith('AWS_ENDPOINT_URL_'));
    const ports = [String(stack.port), ...endpoints.map(([, url]) => new URL(url).port)];

    const reached = await Promise.all(
      outside.flatMap(({ address }) =>
        ports.map((port) =>
          fetch(`http://${address}:${port}/`).then(
            () => `${address}:${port}`,
            () => undefined,
          ),
        ),
      ),
    );

    expect(ports).toHaveLength(9);
    expect(reached.filter((address) => address !== undefined)).toEqual([]);
    await stack.stop();
  });

  test('keeps tables, messages and objects in its data folder, and adds an index that came later', async () => {
    const dataDir = await temporaryFolder();
    const db = (endpoint: string | undefined, operation: string, body: object) =>
      callAws({
        endpoint: endpoint ?? '',
        target: `DynamoDB_20120810.${operation}`,
        body: { TableName: 'things', ...body },
      });
    const first = await startSmallStack(
      { resources: { ...queue('Jobs', { VisibilityTimeout: 10 }), Bucket: bucket, Table: table() } },
      { dataDir },
    );
    await db(first.environment.AWS_ENDPOINT_URL_DYNAMODB, 'PutItem', { Item: { pk: { S: 'a' }, colour: { S: 'b' } } });
    await first.queues.send('Jobs', ['kept']);
    await fetch(`${first.environment.AWS_ENDPOINT_URL_S3}/files/kept`, { method: 'PUT', body: 'kept', headers: sdk });
    await first.stop();

    const index = {
      IndexName: 'byOther',
      KeySchema: [{ AttributeName: 'colour', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    };
    const second = await startSmallStack(
      {
        resources: {
          ...queue('Jobs', { VisibilityTimeout: 20 }),
          Bucket: bucket,
          Table: table({ GlobalSecondaryIndexes: [index] }),
        },
      },
      { dataDir },
    );
    const found = await waitFor('the index is filled', async () => {
      const query = {
        IndexName: 'byOther',
        KeyConditionExpression: 'colour = :o',
        ExpressionAttributeValues: { ':o': { S: 'b' } },
      };
      const { Count } = (await db(second.environment.AWS_ENDPOINT_URL_DYNAMODB, 'Query', query)) as { Count: number };
      return Count;
    });

    expect(found).toBe(1);
    expect((await second.queues.peek('Jobs')).ready).toEqual(['kept']);
    expect(await (await fetch(`${second.environment.AWS_ENDPOINT_URL_S3}/files/kept`, { headers: sdk })).text()).toBe(
      'kept',
    );
    await second.stop();
  });

  test('leaves no engine behind, neither when it is stopped nor when its process is killed', async () => {
    const script = fileURLToPath(new URL('./hold-engine.ts', import.meta.url));
    const held = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [text] = await once(held.stdout.setEncoding('utf8'), 'data');
    const port = String(text).trim();
    const isRunning = (ofPort: string) => engineProcesses().some((line) => line.includes(`--port ${ofPort}`));
    const stack = await startSmallStack({});
    const stackPort = new URL(stack.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '').port;
    expect([isRunning(port), isRunning(stackPort)]).toEqual([true, true]);

    held.kill('SIGKILL');
    await stack.stop();

    await waitFor('both engines are gone', () => !isRunning(port) && !isRunning(stackPort));
  });

  test('says in a sentence that its port is in use, and that a start was given up', async () => {
    const stack = await startSmallStack({});

    await expect(startLocalStack({ port: stack.port })).rejects.toThrow(`Port ${stack.port} is in use`);
    await expect(startSmallStack({}, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    await stack.stop();
  });
});

const engineProcesses = (): string[] =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('dynoxide'));
