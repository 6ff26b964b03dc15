import { contacts } from '#aws/contacts/contact-store.ts';
import { confirmations } from '#aws/subscriptions/confirmations.ts';
import { proposals } from '#aws/subscriptions/proposals.ts';
import { signer } from '#aws/subscriptions/signer.ts';
import { showConfirmation as operation } from '#contract/subscriptions/operations.ts';
import { htmlAnswer } from '#http/html-page.ts';
import { pageEndpoint } from '#http/page-endpoint.ts';
import { pageFrom } from '#pages/confirmation-page.ts';
import { ambient } from '#shared/ambient.ts';
import { pageSettings } from '#shared/page-settings.ts';
import * as settings from '#shared/settings.ts';
import { lookAtConfirmation } from '#usecases/subscriptions/look-at-confirmation.ts';

const pages = {
  redirectUrls: settings.redirectUrls(),
  failurePage: pageFrom(pageSettings, { state: 'failed' }),
};
const live = { confirmations, contacts, proposals, signer, ...pages, ...ambient };

/** `GET /confirm`: shows what the button would do, and does nothing; it has no right to (contract 6). */
export const handler = pageEndpoint(operation, live, async ({ query: { token, redirectUrl }, languages }) => {
  const view = await lookAtConfirmation(live, token);
  return htmlAnswer(pageFrom(pageSettings, view, { languages: [view.languageCode, ...languages], redirectUrl })());
});
