import { environmentNames } from '#names/environment.ts';
import type { ContactStore } from './constructs/contact-store.ts';
import type { ImportPipeline } from './constructs/import-pipeline.ts';
import type { Uploads } from './constructs/uploads.ts';
import type { Grant } from './grant.ts';
import type { Settings } from './settings.ts';

/** The operations that import files. */
type UploadOperation = 'uploadContacts' | 'createUpload' | 'importUpload' | 'previewUpload';

/** What operations on files may do beside authenticating their caller. None of them may follow a link. */
export const uploadRights = ({
  settings,
  store,
  imports,
  uploads,
}: {
  readonly settings: Settings;
  readonly store: ContactStore;
  readonly imports: ImportPipeline;
  readonly uploads: Uploads;
}): Record<UploadOperation, Grant> => {
  const accepts: Grant = (fn) => {
    store.grant(fn, 'acceptUploads');
    uploads.grantImportFiles(fn);
  };
  return {
    uploadContacts: (fn) => {
      accepts(fn);
      store.grant(fn, 'seal');
      fn.addEnvironment(environmentNames.httpLinks, String(settings.httpLinks));
    },
    createUpload: (fn) => {
      store.grant(fn, 'offerUploads');
      imports.bucket.grantPutUploads(fn);
      fn.addEnvironment(environmentNames.uploadMaxMegabytes, String(settings.uploadMaxMegabytes));
    },
    previewUpload: (fn) => {
      store.grant(fn, 'findUploads');
      store.grant(fn, 'readFields');
      imports.bucket.grantReadUploads(fn);
      fn.addEnvironment(environmentNames.uploadMaxMegabytes, String(settings.uploadMaxMegabytes));
    },
    importUpload: (fn) => {
      accepts(fn);
      store.grant(fn, 'findUploads');
      imports.bucket.grantReadUploads(fn);
    },
  };
};
