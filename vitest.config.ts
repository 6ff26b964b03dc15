import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const room = (name: string, testTimeoutSeconds: number, globalSetup: string[] = []) => ({
  test: {
    name,
    globalSetup,
    // Modules keep no state that a test may change, and loading them anew for each would take a third of the time.
    isolate: false,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: testTimeoutSeconds * 1000,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    // Three for two cores: now and then a test only waits, for time to pass or for other processes.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    projects: [
      room('unit', 30),
      room('integration', 60),
      room('flow', 120, ['test/flow/synthesize-once.ts']),
      room('infra', 60, ['test/infra/remove-syntheses.ts']),
    ],
  },
});
