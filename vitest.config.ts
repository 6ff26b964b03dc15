import { availableParallelism } from 'node:os';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

type ProjectConfig = NonNullable<TestProjectInlineConfiguration['test']>;

const room = (name: string, testTimeoutSeconds: number, rest: Partial<ProjectConfig> = {}) => ({
  test: {
    name,
    // Modules keep no state that a test may change, and loading them anew for each would take a third of the time.
    isolate: false,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: testTimeoutSeconds * 1000,
    hookTimeout: 60_000,
    ...rest,
  },
});

export default defineConfig({
  test: {
    // Three for two cores: now and then a test only waits, for time to pass or for other processes.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    globalSetup: ['test/support/print-slowest.ts'],
    projects: [
      room('unit', 30),
      room('integration', 60),
      room('flow', 120, { globalSetup: ['test/flow/synthesize-once.ts'], setupFiles: ['test/flow/refusals.ts'] }),
      room('infra', 60, { globalSetup: ['test/infra/remove-syntheses.ts'] }),
      // Looks at what the flow tests did, and runs after them.
      room('coverage', 60, { sequence: { groupOrder: 1 } }),
    ],
  },
});
