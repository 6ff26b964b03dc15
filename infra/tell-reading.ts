import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { environmentNames } from '#names/environment.ts';
import type { Settings } from './settings.ts';

/** Tells a function how it reads who somebody is. */
export const tellIdentities = (
  fn: LambdaFunction,
  { defaultCountry, junkValues, realValues }: Pick<Settings, 'defaultCountry' | 'junkValues' | 'realValues'>,
): void => {
  fn.addEnvironment(environmentNames.defaultCountry, defaultCountry);
  fn.addEnvironment(environmentNames.junkRule, JSON.stringify({ junkValues, realValues }));
};

/** Tells a function how it reads contacts that callers send. */
export const tellReading = (fn: LambdaFunction, settings: Settings): void => {
  tellIdentities(fn, settings);
  fn.addEnvironment(environmentNames.strictNames, String(settings.strictNames));
};

/** Tells a function whom it takes contacts for that callers send. */
export const tellMatching = (fn: LambdaFunction, { phoneMatches }: Pick<Settings, 'phoneMatches'>): void => {
  fn.addEnvironment(environmentNames.phoneMatches, phoneMatches);
};
