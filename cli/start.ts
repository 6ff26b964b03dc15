import { fileURLToPath } from 'node:url';

/* `npm start`: runs the whole product on this machine until it is told to stop. */

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes('package')) {
    return 'The packages of the project are not installed: run `npm ci` first.';
  }
  return ['CannotStart', 'StackRefused'].includes(error.name) ? error.message : (error.stack ?? error.message);
};

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
try {
  const { runUntilStopped } = await import('./run-until-stopped.ts');
  await runUntilStopped(process.argv.slice(2));
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
