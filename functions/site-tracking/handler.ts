import { apiKeys } from '#aws/keys/api-key-store.ts';
import { addSiteDomain, getSiteScript, getWebPushScript } from '#contract/account/operations.ts';
import { siteDomainBody, siteScriptBody, webPushScriptBody } from '#contract/account/site.ts';
import { endpoint } from '#http/endpoint.ts';
import { sharedEndpoint } from '#http/shared-endpoint.ts';
import { ambient } from '#shared/ambient.ts';

const live = { apiKeys, ...ambient };
const addDomain = endpoint(addSiteDomain, live, async () => siteDomainBody);

/** What connectors ask for while they are set up (contract 4.19): that no site is tracked. */
export const handler = sharedEndpoint<'siteTracking'>({
  'POST /api/v1/site/domains': addDomain,
  'POST /api/v1/site/webpush/domain': addDomain,
  'POST /api/v1/site/webpush/domains': addDomain,
  'GET /api/v1/site/script': endpoint(getSiteScript, live, async () => siteScriptBody),
  'GET /api/v1/site/webpush/script': endpoint(getWebPushScript, live, async () => webPushScriptBody),
});
