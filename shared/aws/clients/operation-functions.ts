import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { RollcallError } from '#domain/error.ts';
import { variable } from '#shared/environment.ts';
import { clientSettings, lazily } from './connect.ts';

/** The functions of operations, whose names begin with `prefix`, called as the gateway calls them. */
export const operationFunctionsOn = (client: LambdaClient, prefix: string) => ({
  /**
   * The answer of the function `<prefix><functionName>` to an event. It is called once, as a request must not be carried
   * out twice. Throws INTERNAL when the function fails, and the SDK's own error when Lambda does not take the call.
   */
  call: async (functionName: string, event: unknown): Promise<unknown> => {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: `${prefix}${functionName}`, Payload: JSON.stringify(event) }),
    );
    const answer = Payload?.transformToString() ?? '';
    if (FunctionError === undefined) return JSON.parse(answer);
    const error = new RollcallError('INTERNAL', 'Something went wrong on our side; please try again');
    error.cause = new Error(`${functionName} failed: ${FunctionError}`);
    throw error;
  },
});

/** Longer than a function of an operation may take, and shorter than the gateway waits. */
const timeoutMilliseconds = 28_000;

const operationFunctionPrefix = /* @__PURE__ */ variable('operationFunctionPrefix');

/** The functions of this stage's operations. */
export const operationFunctions = /* @__PURE__ */ lazily(() => {
  const requestHandler = { ...clientSettings.requestHandler, requestTimeout: timeoutMilliseconds };
  const client = new LambdaClient({ ...clientSettings, requestHandler });
  return operationFunctionsOn(client, operationFunctionPrefix());
});
