import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { environmentNames } from '#names/environment.ts';
import type { Settings } from './settings.ts';

/** Passes a function how it reads who somebody is. */
export const passIdentities = (
  fn: LambdaFunction,
  { defaultCountry, junkValues, realValues }: Pick<Settings, 'defaultCountry' | 'junkValues' | 'realValues'>,
): void => {
  fn.addEnvironment(environmentNames.defaultCountry, defaultCountry);
  fn.addEnvironment(environmentNames.junkRule, JSON.stringify({ junkValues, realValues }));
};

/** Passes a function how it reads contacts that callers send. */
export const passReading = (fn: LambdaFunction, settings: Settings): void => {
  passIdentities(fn, settings);
  fn.addEnvironment(environmentNames.strictNames, String(settings.strictNames));
};

/** Passes a function whom it takes contacts for that callers send. */
export const passMatching = (fn: LambdaFunction, { phoneMatches }: Pick<Settings, 'phoneMatches'>): void => {
  fn.addEnvironment(environmentNames.phoneMatches, phoneMatches);
};
