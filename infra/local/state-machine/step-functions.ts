import { createServer, type IncomingMessage } from 'node:http';
import type { Engine } from '../engine/engine.ts';
import { listenOn } from '../engine/listen.ts';
import { readBody } from '../engine/read-body.ts';
import type { EngineOptions } from '../engine/worker-engine.ts';
import { openExecutions } from './execution-store.ts';
import { type ExecutionPorts, type Executions, executionsOf } from './executions.ts';
import type { StateMachinePlan } from './state-machine.ts';
import { answerStates, type StatesAnswer } from './states-api.ts';
import { taskTokens } from './task-tokens.ts';

/** The Step Functions endpoint; until `open` it knows no machine. */
export interface StepFunctions extends Engine {
  /** Runs these machines from now on; what was under way when the stack stopped begins again. */
  open(machines: readonly StateMachinePlan[], ports: Omit<ExecutionPorts, 'tokens'>): Promise<void>;
  /** Takes no step any more, so that nothing fails for want of the functions that stop. */
  rest(): Promise<void>;
}

/** Starts an engine that runs state machines; with a data folder their executions survive. */
export const startStepFunctions = async ({ dataDir }: EngineOptions): Promise<StepFunctions> => {
  const store = openExecutions(dataDir);
  const tokens = taskTokens();
  let executions: Executions | undefined;

  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  const answer = async (request: IncomingMessage): Promise<StatesAnswer> => {
    const body = await readBody(request, bodyBytes);
    const action = String(request.headers['x-amz-target']).replace(/^AWSStepFunctions\./, '');
    if (!executions) return unavailable;
    return answerStates(action, parse(body), { executions, store, tokens });
  };
  const port = await listenOn(server, 0);

  return {
    endpoint: `http://127.0.0.1:${port}`,
    open: async (machines, ports) => {
      executions = await executionsOf(machines, store, { ...ports, tokens });
      executions.resume();
    },
    rest: async () => executions?.rest(),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await executions?.rest();
      executions = undefined;
      store.close();
    },
  };
};

/** Input and output have 256 KiB at most (AWS Step Functions quotas). */
const bodyBytes = 1024 * 1024;

const unavailable: StatesAnswer = {
  status: 503,
  body: { __type: 'ServiceUnavailable', message: 'The local stack is starting or stopping' },
};

const parse = (body: Buffer | undefined): unknown => {
  try {
    return JSON.parse(body?.toString() ?? '');
  } catch {
    return undefined;
  }
};
