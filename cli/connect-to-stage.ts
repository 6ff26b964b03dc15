import { readFile } from 'node:fs/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { type StackState, stateFile } from '#infra/local/state-file.ts';
import { environmentNames } from '#names/environment.ts';
import type { Place } from './key-arguments.ts';

/** There is no such stage, or it cannot be reached; the message says what to do. */
class NoSuchStage extends Error {
  override name = 'NoSuchStage';
}

/** Sets the environment of this process to that of a stage, as its functions have it; returns the stage's address. */
export const connectToStage = async (place: Place): Promise<string> =>
  'stage' in place ? connectToDeployed(place.stage) : connectToLocal(place.port);

const connectToLocal = async (port: number): Promise<string> => {
  const text = await readFile(stateFile(port), 'utf8').catch(() => {
    throw new NoSuchStage(
      `No local stack runs on port ${port}: run \`npm start\` first, set PORT, or name a deployed stage with --stage.`,
    );
  });
  const { url, environment } = JSON.parse(text) as StackState;
  // A profile would go before the keys that the engines know.
  delete process.env.AWS_PROFILE;
  Object.assign(process.env, environment);
  return url;
};

const connectToDeployed = async (stage: string): Promise<string> => {
  const stackName = `Rollcall-${stage}`;
  const outputs = await outputsOf(stackName).catch((error: Error) => {
    throw new NoSuchStage(`The stack ${stackName} cannot be read: ${error.message}`);
  });
  const { TableName, Url } = outputs;
  if (!TableName || !Url) throw new NoSuchStage(`The stack ${stackName} has no outputs TableName and Url: deploy it.`);
  process.env[environmentNames.tableName] = TableName;
  return Url;
};

const outputsOf = async (StackName: string): Promise<Record<string, string | undefined>> => {
  const { Stacks = [] } = await new CloudFormationClient().send(new DescribeStacksCommand({ StackName }));
  return Object.fromEntries(
    (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]),
  );
};
