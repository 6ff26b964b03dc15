import { confirmations } from '#aws/confirmations.ts';
import { contacts } from '#aws/contact-store.ts';
import { eventBus } from '#aws/event-bus.ts';
import { segments } from '#aws/segment-store.ts';
import { signer } from '#aws/signer.ts';
import { suppressions } from '#aws/suppression-store.ts';
import { confirmationQuery, pageFrom } from '#contract/confirmation-page.ts';
import { htmlAnswer, redirectAnswer } from '#http/html-page.ts';
import { pageEndpoint } from '#http/page-endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { confirmContact } from '#usecases/confirm-contact.ts';

const tellsSegmentChanges = settings.segmentEvents();
const stores = { confirmations, contacts, eventBus, segments, signer, suppressions };
const live = { ...stores, tellsSegmentChanges, ...ambient };

/** `POST /confirm`: what the button of the page does (contract 6). */
export const handler = pageEndpoint('confirmContact', pageFrom(settings, 'failed'), async ({ query }) => {
  const { token, redirectUrl } = confirmationQuery(query, settings.redirectUrls());
  const state = await confirmContact({ ...live, confirmedSegment: settings.confirmedSegment() }, token);
  if (state === 'confirmed' && redirectUrl !== undefined) return redirectAnswer(redirectUrl);
  return htmlAnswer(pageFrom(settings, state)());
});
