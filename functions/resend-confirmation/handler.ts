import { apiKeys } from '#aws/api-key-store.ts';
import { confirmationMails } from '#aws/confirmation-mails.ts';
import { contacts } from '#aws/contact-store.ts';
import { mailer } from '#aws/mailer.ts';
import { signer } from '#aws/signer.ts';
import { suppressions } from '#aws/suppression-store.ts';
import { messageFrom } from '#contract/confirmation-message.ts';
import { resendConfirmationResponse } from '#contract/confirmation-response.ts';
import { json } from '#http/answer.ts';
import { endpoint } from '#http/endpoint.ts';
import { ambient } from '#shared/ambient.ts';
import { settings } from '#shared/settings.ts';
import { resendConfirmation } from '#usecases/resend-confirmation.ts';

const live = { apiKeys, confirmationMails, contacts, mailer, signer, suppressions, ...ambient };

/** `POST /admin/v1/contacts/{id}/confirmation` (contract 6). */
export const handler = endpoint('resendConfirmation', live, async (request) => {
  const asksForConfirmation = settings.doubleOptIn();
  const mail = { linkDays: settings.confirmationLinkDays(), messageOf: messageFrom(settings) };
  const sent = await resendConfirmation({ ...live, ...mail, asksForConfirmation }, request.id());
  return json(resendConfirmationResponse.parse(sent));
});
