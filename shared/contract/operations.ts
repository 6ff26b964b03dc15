import type { Operation } from '#names/routes.ts';
import * as account from './account/operations.ts';
import * as contacts from './contacts/operations.ts';
import * as counts from './counts/operations.ts';
import * as events from './events/operations.ts';
import * as fields from './fields/operations.ts';
import * as files from './files/operations.ts';
import * as imports from './imports/operations.ts';
import * as keys from './keys/operations.ts';
import * as messages from './messages/operations.ts';
import type { OperationDefinition } from './operation.ts';
import * as orders from './orders/operations.ts';
import * as segments from './segments/operations.ts';
import * as subscriptions from './subscriptions/operations.ts';
import * as workflows from './workflows/operations.ts';

/** Every operation of the route table by its name. */
export const operations: { readonly [Name in Operation]: OperationDefinition & { readonly name: Name } } = {
  ...account,
  ...contacts,
  ...counts,
  ...events,
  ...fields,
  ...files,
  ...imports,
  ...keys,
  ...messages,
  ...orders,
  ...segments,
  ...subscriptions,
  ...workflows,
};
