import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ask, Course, QueueDepth, Told } from './stack-course.ts';
import type { Trail } from './trail.ts';

/** A local stack in a process of its own. */
export interface ChaosStack {
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Kills the sandboxes of a function that are at work, and returns how many these were. */
  killFunction(name: string): Promise<number>;
  /** How many messages a queue holds. */
  depthOf(queue: string): Promise<QueueDepth>;
  /** Runs a function that only a schedule runs. */
  invoke(name: string): Promise<unknown>;
  /** No service fails from now on, and queues keep their order. */
  calm(): Promise<unknown>;
  /** Ends the process and everything in it at once, as `kill -9` does. */
  kill(): Promise<void>;
}

/** Starts a stack on its folder of data; throws if it ends before it is ready. */
export const startChaosStack = async (course: Course, trail: Trail): Promise<ChaosStack> => {
  const file = join(course.dataDir, '..', 'course.json');
  await writeFile(file, JSON.stringify(course));
  const child = fork(fileURLToPath(new URL('./stack-program.ts', import.meta.url)), [file], {
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const conversation = converse(child);
  child.on('message', ({ line, refused }: Told) => {
    if (line !== undefined) trail.note(`stack: ${line}`);
    if (refused !== undefined) trail.violate('what AWS would refuse', refused);
  });
  const ready = await Promise.race([conversation.ready, ended]);
  if (!('url' in ready)) throw new Error('The stack ended before it was ready');
  return {
    ...ready,
    killFunction: async (name) => Number(await conversation.ask('kill', name)),
    depthOf: async (queue) => (await conversation.ask('peek', queue)) as QueueDepth,
    invoke: (name) => conversation.ask('invoke', name),
    calm: () => conversation.ask('calm', ''),
    kill: async () => {
      // The group: the engines that are processes of their own go down with it.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
  };
};

/** Asks the process of a stack; whatever it has not answered when it ends never will be. */
const converse = (child: ChildProcess) => {
  const open = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  const { promise: ready, resolve } = Promise.withResolvers<NonNullable<Told['ready']>>();
  let asked = 0;
  child.on('message', (told: Told) => {
    if (told.ready) resolve(told.ready);
    const asker = told.id === undefined ? undefined : open.get(told.id);
    if (told.id !== undefined) open.delete(told.id);
    if (told.failure === undefined) asker?.resolve(told.answer);
    else asker?.reject(new Error(told.failure));
  });
  child.on('exit', () => {
    for (const { reject } of open.values()) reject(new Error('The stack was killed'));
  });
  return {
    ready,
    ask: (call: Ask['call'], name: string): Promise<unknown> =>
      new Promise((answer, reject) => {
        asked += 1;
        open.set(asked, { resolve: answer, reject });
        child.send({ id: asked, call, name } satisfies Ask, (error) => error && reject(error));
      }),
  };
};
