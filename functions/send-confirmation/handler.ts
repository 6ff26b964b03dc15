import { contacts } from '#aws/contacts/contact-store.ts';
import { countQueue } from '#aws/counts/count-queue.ts';
import { apiKeys } from '#aws/keys/api-key-store.ts';
import { confirmationMails } from '#aws/subscriptions/confirmation-mails.ts';
import { mailer } from '#aws/subscriptions/mailer.ts';
import { proposals } from '#aws/subscriptions/proposals.ts';
import { signer } from '#aws/subscriptions/signer.ts';
import { suppressions } from '#aws/subscriptions/suppression-store.ts';
import * as queues from '#contract/queues.ts';
import { messageFrom } from '#pages/confirmation-message.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { messageSettings } from '#shared/page-settings.ts';
import { onEachMessage } from '#shared/queue.ts';
import * as settings from '#shared/settings.ts';
import { sendConfirmation } from '#usecases/subscriptions/send-confirmation.ts';

const live = { apiKeys, confirmationMails, contacts, countQueue, mailer, proposals, signer, suppressions, ...ambient };

/** Asks new subscribers to confirm the address (contract 6). */
export const handler = onEachMessage(queues.confirmations, async ({ eventId, ...published }) => {
  const ports = {
    ...live,
    linkDays: settings.confirmationLinkDays(),
    messageOf: messageFrom(messageSettings),
  };
  const outcome = await sendConfirmation(ports, published);
  log.info('A confirmation was decided', { eventId, contactId: published.contactId, outcome });
});
