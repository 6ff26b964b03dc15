import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { environmentNames } from '#names/environment.ts';
import type { Settings } from './settings.ts';

/** Tells a function how it reads contacts that callers send. */
export const tellReading = (
  fn: LambdaFunction,
  { defaultCountry, strictNames }: Pick<Settings, 'defaultCountry' | 'strictNames'>,
): void => {
  fn.addEnvironment(environmentNames.defaultCountry, defaultCountry);
  if (strictNames) fn.addEnvironment(environmentNames.strictNames, 'true');
};
