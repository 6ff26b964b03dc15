import { App } from 'aws-cdk-lib';
import { parseSettings } from './settings.ts';
import { synthesize } from './synthesize.ts';

const { node } = new App();
const stage: unknown = node.tryGetContext('stage') ?? 'dev';

try {
  synthesize(parseSettings(String(stage), node.tryGetContext('stages')));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
