import { spawn } from 'node:child_process';

/*
 * Runs an engine until standard input ends, which it also does when the process at its other end is killed, so that no
 * engine outlives that; and ends with the engine.
 */

const [binary = '', ...args] = process.argv.slice(2);
const engine = spawn(binary, args, { stdio: ['ignore', 'ignore', 'inherit'], windowsHide: true });
engine.once('error', ({ message }) => {
  console.error(message);
  process.exit(1);
});
engine.once('exit', (code) => process.exit(code ?? 1));

const end = () => engine.kill();
process.stdin.once('error', end).once('close', end).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
