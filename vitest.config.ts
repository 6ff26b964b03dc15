import { defineConfig } from 'vitest/config';

const room = (name: string, testTimeoutSeconds: number, globalSetup: string[] = []) => ({
  test: {
    name,
    globalSetup,
    // Modules keep no state between files, and loading them anew for each would take a third of the time.
    isolate: false,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: testTimeoutSeconds * 1000,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    // One for each core: what a test waits for runs in other processes half of the time.
    maxWorkers: '100%',
    projects: [
      room('unit', 30),
      room('integration', 60),
      room('flow', 120, ['test/flow/synthesize-once.ts']),
      room('infra', 60),
    ],
  },
});
