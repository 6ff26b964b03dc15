import { confirmationMails } from '#aws/confirmation-mails.ts';
import { contacts } from '#aws/contact-store.ts';
import { mailer } from '#aws/mailer.ts';
import { signer } from '#aws/signer.ts';
import { suppressions } from '#aws/suppression-store.ts';
import { messageFrom } from '#contract/confirmation-message.ts';
import { subscriptionTold } from '#contract/subscription-told.ts';
import { ambient } from '#shared/ambient.ts';
import { log } from '#shared/log.ts';
import { onEachMessage } from '#shared/queue.ts';
import { settings } from '#shared/settings.ts';
import { sendConfirmation } from '#usecases/send-confirmation.ts';

const live = { confirmationMails, contacts, mailer, signer, suppressions, ...ambient };

/** Asks whoever subscribed to confirm the address (contract 6). */
export const handler = onEachMessage(subscriptionTold, async ({ eventId, ...told }) => {
  const ports = { ...live, linkDays: settings.confirmationLinkDays(), messageOf: messageFrom(settings) };
  const outcome = await sendConfirmation(ports, told);
  log.info('A confirmation was decided', { eventId, contactId: told.contactId, outcome });
});
