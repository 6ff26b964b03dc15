import type { Contact } from '#domain/contacts/contact.ts';
import { paramsFor } from '#domain/events/event-params.ts';
import {
  bulkReach,
  type MessageChannel,
  type MessageContent,
  type MessageParams,
  transactionalReach,
} from '#domain/messages/message.ts';
import type { TemplateStore } from '#domain/messages/message-template.ts';
import { fillText } from '#domain/messages/render-message.ts';
import { hoursAfter } from '#domain/subscriptions/confirmation.ts';
import { addressHashOf, confirmationToken } from '#domain/subscriptions/confirmation-token.ts';
import type { Signer } from '#domain/subscriptions/ports.ts';
import { type StepAtWork, type StepOf, type StepResult, skipped } from '#domain/workflows/step-result.ts';
import { runProblem } from '#domain/workflows/workflow-run.ts';
import { derivedId } from '#identity/derived-id.ts';
import { readAddress } from '#identity/message-address.ts';
import { type MessageRequest, type SendMessagesPorts, sendMessages } from '../messages/send-messages.ts';
import { ensureRunContact, type RunContactPorts } from './create-run-contact.ts';

export interface SendRunMessagePorts extends RunContactPorts, SendMessagesPorts {
  readonly contacts: RunContactPorts['contacts'];
  readonly templates: Pick<TemplateStore, 'find'>;
  readonly signer: Signer;
  /** How many days a confirmation link is good for. */
  readonly linkDays: number;
  /** The link that asks to confirm by a token. */
  readonly confirmationLinkOf: (token: string) => string;
}

type Step = StepAtWork<StepOf<'sendEmail'> | StepOf<'sendSms'>>;

/** What a step sends. */
type Sending = Pick<MessageRequest, 'content' | 'template' | 'fromName'>;

/**
 * Queues a message to the contact of a run, or to the address that the step names; an unknown recipient becomes a
 * contact (contract 4.16). A repeat queues the same message under the same id, which is sent once.
 */
export const sendRunMessage = async (ports: SendRunMessagePorts, at: Step): Promise<StepResult> => {
  const { step, run, token } = at;
  const sending = await sendingOf(ports, at);
  if (!sending) return { kind: 'fail', problem: runProblem('UNKNOWN_MESSAGE') };
  const { channel } = sending.content;
  const ensured = step.to === undefined ? await ensureRunContact(ports, at) : undefined;
  if (ensured && (ensured.kind !== 'done' || ensured.contactId === undefined)) return ensured;
  const contactId = ensured?.kind === 'done' ? ensured.contactId : run.contactId;
  const to = step.to === undefined ? { contactId: contactId ?? 0 } : namedAddress(ports, at, channel);
  if (!to) return skipped(runProblem('INVALID_ADDRESS'));

  const params = await paramsOf(ports, at, textsOf(sending.content), contactId);
  const isObligatory = step.type === 'sendSms' || step.obligatory;
  const [accepted] = await sendMessages(
    { ...ports, newId: () => derivedId(`${token} content`) },
    {
      ...sending,
      recipients: [{ locator: '', to, params, requestId: derivedId(token) }],
      reach: isObligatory ? transactionalReach : bulkReach,
      isPersonal: true,
    },
  );
  const about = contactId === undefined ? {} : { contactId };
  const refusal = accepted?.error;
  if (!accepted || refusal !== undefined) return { ...skipped(runProblem('MESSAGE_REFUSED', refusal)), ...about };
  return { kind: 'done', ...about, result: { requestId: accepted.requestId, contactId: accepted.contactId ?? 0 } };
};

/** The content of a step: a stored message as it is now, or what the step says itself. */
const sendingOf = async ({ templates }: SendRunMessagePorts, { step }: Step): Promise<Sending | undefined> => {
  if (step.type === 'sendSms') {
    const { from, text } = step;
    return { content: { channel: 'sms', text, ...(from !== undefined && { from }) } };
  }
  const { messageId, fromName, subject = '', html, text } = step;
  const from = fromName !== undefined && { fromName };
  if (messageId === undefined) {
    const bodies = { ...(html !== undefined && { html }), ...(text !== undefined && { text }) };
    return { content: { channel: 'email', from: {}, subject, ...bodies }, ...from };
  }
  const template = await templates.find(messageId);
  return template?.content.channel === 'email'
    ? { content: template.content, template: { templateId: template.id, version: template.version }, ...from }
    : undefined;
};

const namedAddress = (ports: SendRunMessagePorts, { step, run }: Step, channel: MessageChannel) => {
  const text = fillText(step.to ?? '', paramsFor(run.event.params, [step.to]));
  const address = readAddress(channel, text, ports.defaultCountry);
  return address === undefined ? undefined : { address };
};

const textsOf = (content: MessageContent): (string | undefined)[] =>
  content.channel === 'sms' ? [content.text] : [content.subject, content.html, content.text, content.from.name];

/**
 * What the texts ask for: parameters of the event; members of the contact as `${contact.firstName}`; and
 * `${confirmationLink}`, which confirms the contact's address.
 */
const paramsOf = async (
  ports: SendRunMessagePorts,
  { run }: Step,
  texts: readonly (string | undefined)[],
  contactId: number | undefined,
): Promise<MessageParams> => {
  const isAskedFor = (name: string) => texts.some((text) => text?.includes(`\${${name}`));
  const own = paramsFor(run.event.params, texts);
  if (contactId === undefined || !(isAskedFor('contact.') || isAskedFor('confirmationLink'))) return own;
  const [contact] = (await ports.contacts.readContacts([contactId], [])).contacts;
  if (!contact) return own;
  return {
    ...own,
    ...(isAskedFor('contact.') && { contact: membersOf(contact) }),
    ...(isAskedFor('confirmationLink') && { confirmationLink: await linkFor(ports, contact) }),
  };
};

const membersOf = ({ id, firstName, lastName, email, sms, externalCustomerId, languageCode }: Contact) => ({
  ...{ id, firstName: firstName ?? '', lastName: lastName ?? '', email: email ?? '', sms: sms ?? '' },
  ...{ externalCustomerId: externalCustomerId ?? '', languageCode: languageCode ?? '' },
});

const linkFor = async (ports: SendRunMessagePorts, { id: contactId, email }: Contact): Promise<string> => {
  if (email === undefined) return '';
  const issuedAt = ports.now();
  const expiresAt = hoursAfter(issuedAt, ports.linkDays * 24);
  const addressHash = await addressHashOf(ports.signer, email);
  return ports.confirmationLinkOf(
    await confirmationToken(ports.signer, { contactId, addressHash, issuedAt, expiresAt }),
  );
};
