/** How contacts came to be, by the code of the API, as the API calls it in its answers. */
export const sourceLabels = {
  SUBSCRIPTION: 'subscription form',
  IMPORT: 'contact import',
  API: 'API',
  I_MESSAGE: 'single message',
  ORDER: 'Integration of orders for RFM',
  CAMPAIGN: 'workflow',
  SITE_AUTOMATED: 'web push',
} as const;

/** The code of a source. */
export type Source = keyof typeof sourceLabels;

/** Every source, in one order for all lists. */
export const sources = Object.keys(sourceLabels) as Source[];
