import { functionNameOf } from '#names/function-name.ts';
import { type Route, routes } from '#names/routes.ts';
import type { Settings } from './settings.ts';

/** The functions that no route of the table calls. */
const backgroundFunctions = [
  'import-chunk',
  'fail-chunk',
  'log-events',
  'launch-workflows',
  'run-workflow',
  'publish-subscription',
  'fetch-upload',
  'fail-upload',
  'split-upload',
  'predict-import',
  'erase-traces',
  'empty-segment',
  'send-message',
  'send-to-segment',
  'note-delivery',
  'sweep-unfinished',
  'undo-rows',
  'count-contacts',
  'not-found',
] as const;

/** Every function of a deployment, by its folder under `functions/`. */
export const functionNamesOf = ({
  doubleOptIn,
  exampleConsumerEventTypeKey,
  deletionProtection,
}: Settings): string[] => [
  ...new Set(Object.entries<Route>(routes).map(([operation, route]) => functionNameOf(operation, route))),
  ...backgroundFunctions,
  ...(doubleOptIn ? ['send-confirmation'] : []),
  ...(deletionProtection ? [] : ['empty-bucket']),
  ...(exampleConsumerEventTypeKey === undefined ? [] : ['welcome-contact']),
];
