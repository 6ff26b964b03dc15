import { countQueue } from '#aws/counts/count-queue.ts';
import { countedContacts as contacts } from '#aws/counts/counted-contacts.ts';
import { eventBus } from '#aws/events/event-bus.ts';
import { segments } from '#aws/segments/segment-store.ts';
import { confirmationMails } from '#aws/subscriptions/confirmation-mails.ts';
import { confirmations } from '#aws/subscriptions/confirmations.ts';
import { proposals } from '#aws/subscriptions/proposals.ts';
import { signer } from '#aws/subscriptions/signer.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { confirmContact as operation } from '#contract/subscriptions/operations.ts';
import { htmlAnswer, redirectAnswer } from '#http/html-page.ts';
import { pageEndpoint } from '#http/page-endpoint.ts';
import { pageFrom, shownField } from '#pages/confirmation-page.ts';
import { ambient } from '#shared/ambient.ts';
import { pageSettings } from '#shared/page-settings.ts';
import * as settings from '#shared/settings.ts';
import { confirmContact } from '#usecases/subscriptions/confirm-contact.ts';

const publishesSegmentChanges = settings.segmentEvents();
const stores = { confirmationMails, confirmations, contacts, eventBus, proposals, segments, signer, suppressions };
const pages = {
  redirectUrls: settings.redirectUrls(),
  failurePage: pageFrom(pageSettings, { state: 'failed' }),
};
const live = { ...stores, countQueue, publishesSegmentChanges, ...pages, ...ambient };

/** `POST /confirm`: what the button of the page does (contract 6). */
export const handler = pageEndpoint(operation, live, async ({ query, posted, languages }) => {
  const { token, redirectUrl } = query;
  const ports = { ...live, confirmedSegment: settings.confirmedSegment() };
  const view = await confirmContact(ports, token, posted(shownField));
  if (view.state === 'confirmed' && redirectUrl !== undefined) return redirectAnswer(redirectUrl);
  return htmlAnswer(pageFrom(pageSettings, view, { languages: [view.languageCode, ...languages], redirectUrl })());
});
