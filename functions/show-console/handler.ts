import { siteEndpoint } from '#http/site-endpoint.ts';
import * as settings from '#shared/settings.ts';

/** `GET /console/{path+}`: the files of the console, which lie beside this one. */
export const handler = siteEndpoint('showConsole', {
  folder: new URL('site/', import.meta.url),
  root: '/console',
  connectsTo: settings.uploadOrigin,
});
