import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { environmentNames } from '#names/environment.ts';
import type { Settings } from './settings.ts';

/** Tells a function how it reads contacts that callers send, and whom it takes them for. */
export const tellReading = (
  fn: LambdaFunction,
  { defaultCountry, strictNames, phoneMatches }: Pick<Settings, 'defaultCountry' | 'strictNames' | 'phoneMatches'>,
): void => {
  fn.addEnvironment(environmentNames.defaultCountry, defaultCountry);
  if (strictNames) fn.addEnvironment(environmentNames.strictNames, 'true');
  if (phoneMatches !== 'always') fn.addEnvironment(environmentNames.phoneMatches, phoneMatches);
};
