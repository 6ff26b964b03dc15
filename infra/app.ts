import { App } from 'aws-cdk-lib';
import { parseSettings, readContext } from './settings.ts';
import { readStages } from './stages.ts';
import { synthesize } from './synthesize.ts';

// Only to read the context as the CLI gives it; the app itself is made by `synthesize`.
const { node } = new App({ autoSynth: false, context: readContext() });
const stage: unknown = node.tryGetContext('stage') ?? 'dev';
const folder: unknown = node.tryGetContext('stages');

try {
  synthesize(parseSettings(String(stage), typeof folder === 'string' ? readStages(folder) : readStages()));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
