import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { environmentNames } from '#names/environment.ts';
import type { Settings } from './settings.ts';

/** Tells a function how it reads contacts that callers send. */
export const tellReading = (
  fn: LambdaFunction,
  { defaultCountry, strictNames }: Pick<Settings, 'defaultCountry' | 'strictNames'>,
): void => {
  fn.addEnvironment(environmentNames.defaultCountry, defaultCountry);
  fn.addEnvironment(environmentNames.strictNames, String(strictNames));
};

/** Tells a function whom it takes contacts for that callers send. */
export const tellMatching = (fn: LambdaFunction, { phoneMatches }: Pick<Settings, 'phoneMatches'>): void => {
  fn.addEnvironment(environmentNames.phoneMatches, phoneMatches);
};
