import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import threads, { type WorkerOptions } from 'node:worker_threads';
import type { LocalStack } from '#infra/local/start-local-stack.ts';
import { seedKey } from '../../../cli/seed-key.ts';
import { disorderQueues } from './disordered-queues.ts';
import type { Ask, Course, QueueDepth, Told } from './stack-course.ts';

/* A local stack in a process of its own, which can be killed like a machine that loses its power. */

const course = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Course;

/** The threads of engines and functions live at the time of this process. */
const shiftThreads = ({ minutesLater }: Course): void => {
  const clock = new URL(`./shifted-clock.ts?minutes=${minutesLater}`, import.meta.url).href;
  const Plain = threads.Worker;
  threads.Worker = class extends Plain {
    constructor(file: string | URL, options: WorkerOptions = {}) {
      super(file, { ...options, execArgv: [...(options.execArgv ?? []), '--import', clock] });
    }
  };
  syncBuiltinESMExports();
};

const tell = (told: Told): void => void process.send?.(told);

if (course.minutesLater > 0) {
  await import(`./shifted-clock.ts?minutes=${course.minutesLater}`);
  shiftThreads(course);
}
const { startLocalStack } = await import('#infra/local/start-local-stack.ts');
const { startFaultProxy } = await import('#test/support/fault-proxy.ts');

const calming: (() => void)[] = [];
const faulty = (service: 'dynamodb' | 'sqs' | 's3' | 'ses' | 'eventBridge', rate: number) => async (engine: string) => {
  const target = service === 'sqs' ? await disordered(engine) : engine;
  const proxy = await startFaultProxy(service, target, { seed: course.seed, rate });
  calming.push(proxy.calm);
  return proxy.endpoint;
};
const disordered = async (engine: string): Promise<string> => {
  const { endpoint, calm } = await disorderQueues(engine, course.seed);
  calming.push(calm);
  return endpoint;
};

const { template, stackName, folders, compiled } = course.source;
const stack: LocalStack = await startLocalStack({
  port: course.port,
  dataDir: course.dataDir,
  source: { template, stackName, compiled, folderOf: (key) => folders[key] ?? '' },
  redeliverAfterSeconds: 1,
  maxSandboxes: 3,
  logLevel: 'ERROR',
  writeLog: (line) => tell({ line }),
  onRefused: (line) => tell({ refused: line }),
  allowances: { loopbackLinks: true },
  proxies: {
    dynamodb: faulty('dynamodb', course.rates.dynamodb),
    sqs: faulty('sqs', course.rates.sqs),
    s3: faulty('s3', course.rates.s3),
    ses: faulty('ses', course.rates.ses),
    eventBridge: faulty('eventBridge', course.rates.eventBridge),
  },
});
await seedKey(stack.environment, course.key);

const answers: { readonly [Name in Ask['call']]: (name: string) => Promise<unknown> } = {
  calm: async () => calming.forEach((calm) => void calm()),
  kill: (name) => stack.fn(name).kill(),
  peek: async (name) => {
    const { ready, delayed, inFlight } = await stack.queues.peek(name);
    return { due: ready.length - delayed.length + inFlight.length, delayed: delayed.length } satisfies QueueDepth;
  },
  invoke: (name) => stack.fn(name).invoke({}),
};
process.on('message', async ({ id, call, name }: Ask) => {
  try {
    tell({ id, answer: await answers[call](name) });
  } catch (error) {
    tell({ id, failure: String(error) });
  }
});
process.on('disconnect', () => process.exit());
tell({ ready: { url: stack.url, environment: stack.environment } });
