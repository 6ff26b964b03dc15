import { routes } from '#names/routes.ts';
import type { Settings } from './settings.ts';

/** The functions that no route of the table calls. */
const backgroundFunctions = [
  'import-chunk',
  'fail-chunk',
  'log-events',
  'launch-workflows',
  'run-workflow',
  'tell-subscription',
  'fetch-upload',
  'fail-upload',
  'split-upload',
  'predict-import',
  'erase-traces',
  'empty-segment',
  'send-message',
  'send-to-segment',
  'note-delivery',
  'not-found',
] as const;

/** The folder of an operation's function under `functions/`: its name in kebab case. */
export const functionNameOf = (operation: string): string =>
  operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Every function of a deployment, by its folder under `functions/`. */
export const functionNamesOf = ({ doubleOptIn, exampleConsumerEventTypeKey }: Settings): string[] => [
  ...Object.keys(routes).map(functionNameOf),
  ...backgroundFunctions,
  ...(doubleOptIn ? ['send-confirmation'] : []),
  ...(exampleConsumerEventTypeKey === undefined ? [] : ['welcome-contact']),
];
