import * as z from 'zod/mini';

const domain = z.string().check(z.trim(), z.minLength(1), z.maxLength(1000));
const site = z.object({ domain });

/** The body that tells of the domains of a shop, one or several, as connectors send it (contract 4.19). */
export const siteDomainRequest = z
  .object({ domain: z.optional(domain), domains: z.optional(z.array(site).check(z.maxLength(100))) })
  .check(
    z.refine(({ domain, domains = [] }) => domain !== undefined || domains.length > 0, {
      error: 'have a domain',
    }),
    z.meta({ id: 'SiteDomain', examples: [{ domain: 'shop.example' }] }),
  );

const nothing = 'Rollcall tracks no sites and sends no web push: nothing is loaded here';

/** What a connector is told about the domain of its shop: it keeps the `siteId` and goes on. */
export const siteDomainResponse = z
  .object({ result: z.string(), siteId: z.string().check(z.describe('The same for every site')) })
  .check(z.meta({ id: 'SiteWithoutTracking', examples: [{ result: nothing, siteId: 'no-site-tracking' }] }));

/** The one answer about domains. */
export const siteDomainBody = { result: nothing, siteId: 'no-site-tracking' } as const;

/** What a connector puts into the pages of its shop: a comment of HTML. */
export const siteScriptResponse = z.string().check(z.meta({ examples: [`<!-- ${nothing} -->`] }));

/** The one script. */
export const siteScriptBody = `<!-- ${nothing} -->`;

/** What a connector puts into the pages of its shop for web push, and into a file of its own. */
export const webPushScriptResponse = z
  .object({
    script: z.string().check(z.describe('A comment of HTML')),
    serviceWorker: z.string().check(z.describe('A comment of JavaScript')),
  })
  .check(
    z.meta({
      id: 'SiteWithoutWebPush',
      examples: [{ script: `<!-- ${nothing} -->`, serviceWorker: `// ${nothing}` }],
    }),
  );

/** The one script for web push. */
export const webPushScriptBody = { script: siteScriptBody, serviceWorker: `// ${nothing}` } as const;
