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
  const authenticatesOnly: Grant = () => {};
  const reads: Grant = (fn) => store.grantRead(fn);
  const readsImport: Grant = (fn) => {
    store.grantRead(fn);
    imports.grantReadOutcomes(fn);
  };
  const readsImportRows: Grant = (fn) => {
    readsImport(fn);
    imports.grantReadRows(fn);
  };
  return {
    addContacts: (fn) => {
      store.grantAcceptImports(fn);
      imports.grantAccept(fn);
      fn.addEnvironment(environmentNames.defaultCountry, settings.defaultCountry);
    },
    getImportStatus: readsImport,
    getContact: reads,
    getAddressBooks: reads,
    getVersion: authenticatesOnly,
    getAccountInfo: (fn) => {
      fn.addEnvironment(environmentNames.organisationName, settings.organisationName);
      fn.addEnvironment(environmentNames.accountEmail, settings.accountEmail);
    },
    getBalance: (fn) => fn.addEnvironment(environmentNames.currency, settings.currency),
    listContacts: reads,
    describeContact: reads,
    listEvents: (fn) => {
      store.grantList(fn, 'byGroup');
      store.grantList(fn, 'byTime');
    },
    listImports: (fn) => {
      store.grantRead(fn);
      store.grantList(fn, 'byTime');
    },
    describeImport: reads,
    listImportRows: readsImportRows,
    downloadImportRows: readsImportRows,
    listFields: reads,
    createField: (fn) => store.grantDefineFields(fn),
  };
};
