import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { environmentNames } from '#names/environment.ts';
import type { Operation } from '#names/routes.ts';
import type { ContactStore } from './constructs/contact-store.ts';
import type { ImportPipeline } from './constructs/import-pipeline.ts';
import type { Settings } from './settings.ts';

/** Gives one function what its operation needs. */
type Grant = (fn: LambdaFunction) => void;

/** What each operation may do beside authenticating its caller. */
export const operationRights = (
  store: ContactStore,
  imports: ImportPipeline,
  settings: Settings,
): Record<Operation, Grant> => {
  const authenticates: Grant = () => {};
  const readsContact: Grant = (fn) => store.grantReadContact(fn);
  const readsFields: Grant = (fn) => store.grantReadFields(fn);
  const readsOutcomes: Grant = (fn) => {
    store.grantReadImport(fn);
    imports.grantReadOutcomes(fn);
  };
  return {
    addContacts: (fn) => {
      store.grantAcceptImports(fn);
      imports.grantAccept(fn);
      fn.addEnvironment(environmentNames.defaultCountry, settings.defaultCountry);
    },
    getImportStatus: readsOutcomes,
    getContact: readsContact,
    getAddressBooks: readsFields,
    getVersion: authenticates,
    getAccountInfo: (fn) => {
      fn.addEnvironment(environmentNames.organisationId, String(settings.organisationId));
      fn.addEnvironment(environmentNames.organisationName, settings.organisationName);
      fn.addEnvironment(environmentNames.accountEmail, settings.accountEmail);
    },
    getBalance: (fn) => fn.addEnvironment(environmentNames.currency, settings.currency),
    listContacts: (fn) => store.grantListContacts(fn),
    describeContact: readsContact,
    listEvents: (fn) => store.grantListEvents(fn),
    listImports: (fn) => store.grantListImports(fn),
    describeImport: (fn) => store.grantReadImport(fn),
    listImportRows: readsOutcomes,
    downloadImportRows: (fn) => {
      readsOutcomes(fn);
      imports.grantReadRows(fn);
    },
    listFields: readsFields,
    createField: (fn) => store.grantDefineFields(fn),
  };
};
