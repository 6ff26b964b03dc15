import { App } from 'aws-cdk-lib';
import { parseSettings, readContext } from './settings.ts';
import { synthesize } from './synthesize.ts';

// Only to read the context as the CLI gives it; the app itself is made by `synthesize`.
const { node } = new App({ autoSynth: false, context: readContext() });
const stage: unknown = node.tryGetContext('stage') ?? 'dev';

try {
  synthesize(parseSettings(String(stage), node.tryGetContext('stages')));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
