import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { environmentNames } from '#names/environment.ts';
import { type TextKind, textsOf } from './appearance-settings.ts';
import { packedTexts } from './packed-texts.ts';
import type { Settings } from './settings.ts';

/** Passes a function what a mail or a page of the stage says, and how it looks. */
export const passAppearance = (fn: LambdaFunction, settings: Settings, kind: TextKind): void => {
  fn.addEnvironment(environmentNames.organisationName, settings.organisationName);
  fn.addEnvironment(environmentNames.accentColour, settings.accentColour);
  fn.addEnvironment(environmentNames.logoUrl, settings.logoUrl ?? '');
  fn.addEnvironment(environmentNames[kind], packedTexts(textsOf(settings, kind)));
};
