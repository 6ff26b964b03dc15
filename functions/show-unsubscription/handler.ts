import { sealer } from '#aws/files/sealer.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { showUnsubscription as operation } from '#contract/subscriptions/operations.ts';
import { htmlAnswer } from '#http/html-page.ts';
import { pageEndpoint } from '#http/page-endpoint.ts';
import { unsubscribePageFrom } from '#pages/unsubscribe-page.ts';
import { unsubscribeSettings } from '#shared/page-settings.ts';
import { lookAtUnsubscription } from '#usecases/subscriptions/unsubscribe-by-link.ts';

const live = { sealer, suppressions, failurePage: unsubscribePageFrom(unsubscribeSettings, 'failed') };

/** `GET /unsubscribe`: shows what the button would do, and does nothing; it has no right to. */
export const handler = pageEndpoint(operation, live, async ({ query: { token }, languages }) => {
  const { state, claim } = await lookAtUnsubscription(live, token);
  return htmlAnswer(unsubscribePageFrom(unsubscribeSettings, state, [claim?.languageCode, ...languages])());
});
