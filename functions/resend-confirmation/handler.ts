import { contacts } from '#aws/contacts/contact-store.ts';
import { countQueue } from '#aws/counts/count-queue.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { confirmationMails } from '#aws/subscriptions/confirmation-mails.ts';
import { mailer } from '#aws/subscriptions/mailer.ts';
import { signer } from '#aws/subscriptions/signer.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import { messageChannelsOf } from '#contract/messages/message-sender.ts';
import { resendConfirmation as operation } from '#contract/subscriptions/operations.ts';
import { endpoint } from '#http/endpoint.ts';
import { messageFrom } from '#pages/confirmation-message.ts';
import { ambient } from '#shared/ambient.ts';
import { messageSettings } from '#shared/page-settings.ts';
import * as settings from '#shared/settings.ts';
import { resendConfirmation } from '#usecases/subscriptions/resend-confirmation.ts';

const stores = { apiKeys, confirmationMails, contacts, countQueue, mailer, signer, suppressions };
const live = { ...stores, messageChannels: messageChannelsOf(settings.senders), ...ambient };

/** `POST /admin/v1/contacts/{id}/confirmation` (contract 6). */
export const handler = endpoint(operation, live, async ({ path }) => {
  const asksForConfirmation = settings.doubleOptIn();
  const mail = { linkDays: settings.confirmationLinkDays(), messageOf: messageFrom(messageSettings) };
  return resendConfirmation({ ...live, ...mail, asksForConfirmation }, path.id);
});
