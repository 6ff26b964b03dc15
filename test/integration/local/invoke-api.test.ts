import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientSettings } from '#aws/clients/connect.ts';
import { operationFunctionsOn } from '#aws/clients/operation-functions.ts';
import { type InvokeApi, startInvokeApi } from '#infra/local/function/invoke-api.ts';
import type { InvocationResult } from '#infra/local/function/sandbox.ts';

let api: InvokeApi;
let client: LambdaClient;

beforeAll(async () => {
  api = await startInvokeApi();
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  client = new LambdaClient({ ...clientSettings, endpoint: api.endpoint, region: 'eu-central-1', credentials });
});

afterAll(async () => {
  client.destroy();
  await api.stop();
});

const called = async (result: (name: string, event: unknown) => InvocationResult) => {
  api.open(async (name, event) => result(name, event));
  return operationFunctionsOn(client, 'rollcall-test-').call('get-contact', { a: 'ї' });
};

describe('the function of an operation', () => {
  test('is called by its whole name with the event, and its answer comes back', async () => {
    const answer = await called((name, event) => ({ ok: true, result: JSON.stringify({ name, event }) }));

    expect(answer).toEqual({ name: 'rollcall-test-get-contact', event: { a: 'ї' } });
  });

  test('that fails is an INTERNAL error that names it', async () => {
    const failing = called(() => ({ ok: false, error: { errorType: 'TypeError', errorMessage: 'broken' } }));

    await expect(failing).rejects.toMatchObject({
      code: 'INTERNAL',
      cause: { message: 'get-contact failed: Unhandled' },
    });
  });

  test('that is not there is the error of the SDK', async () => {
    const missing = called(() => ({
      ok: false,
      error: { errorType: 'ResourceNotFoundException', errorMessage: 'Function not found' },
    }));

    await expect(missing).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

test.each([
  ['GET', '/2015-03-31/functions/x/invocations'],
  ['POST', '/2015-03-31/functions/x/code'],
])('%s %s does not run here', async (method, path) => {
  const { status, headers } = await fetch(`${api.endpoint}${path}`, { method });

  expect([status, headers.get('x-amzn-errortype')]).toEqual([400, 'InvalidParameterValueException']);
});
