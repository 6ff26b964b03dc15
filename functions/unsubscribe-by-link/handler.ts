import { sealer } from '#aws/files/sealer.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { unsubscribeByLink as operation } from '#contract/subscriptions/operations.ts';
import { htmlAnswer } from '#http/html-page.ts';
import { pageEndpoint } from '#http/page-endpoint.ts';
import { unsubscribePageFrom } from '#pages/unsubscribe-page.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { unsubscribeSettings } from '#shared/page-settings.ts';
import { unsubscribeByLink } from '#usecases/subscriptions/unsubscribe-by-link.ts';

const live = {
  sealer,
  suppressions,
  failurePage: unsubscribePageFrom(unsubscribeSettings, 'failed'),
  ...ambient,
};

/** `POST /unsubscribe`: what the button of the page does, and the one click in a mail program (RFC 8058). */
export const handler = pageEndpoint(operation, live, async ({ query: { token }, languages }) => {
  const { state, claim } = await unsubscribeByLink(live, token);
  if (claim) log.info('An address was unsubscribed by a link', { contactId: claim.contactId });
  return htmlAnswer(unsubscribePageFrom(unsubscribeSettings, state, [claim?.languageCode, ...languages])());
});
