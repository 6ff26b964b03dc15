import { createHmac } from 'node:crypto';
import type { Contact } from '#domain/contacts/contact.ts';
import type { Confirmation } from '#domain/subscriptions/confirmation.ts';
import type {
  ConfirmationKey,
  ConfirmationMails,
  Confirmations,
  Mailer,
  MailMessage,
  Proposals,
  Signer,
} from '#domain/subscriptions/ports.ts';
import type { KeptProposal } from '#domain/subscriptions/proposal.ts';
import type { Step } from './step.ts';

/** What is known of the messages to one address. */
export interface MailState {
  readonly attemptId?: string;
  readonly heldUntil?: string;
  readonly sentAt?: string;
}

/** A signer with a key of the test's choice. */
export const memorySigner = (key = 'a key of the test'): Signer => {
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return {
    sign: async (text) => sign(text),
    isSigned: async (text, signature) => sign(text) === signature,
  };
};

/** A mailer that keeps what was sent. */
export const memoryMailer = (sent: MailMessage[], step: Step): Mailer => ({
  send: async (message) => {
    await step(`sendMail ${message.to}`);
    sent.push(message);
  },
});

/** Which addresses were sent a message lately, in memory. */
export const memoryConfirmationMails = (mails: Map<string, MailState>, step: Step): ConfirmationMails => ({
  begin: async (addressHash, { attemptId, now, until, enoughSince }) => {
    await step(`beginMail ${addressHash}`);
    const { heldUntil, sentAt } = mails.get(addressHash) ?? {};
    if (heldUntil !== undefined && heldUntil > now) return 'busy';
    if (sentAt !== undefined && sentAt > enoughSince) return 'sent';
    mails.set(addressHash, { attemptId, heldUntil: until });
    return 'begun';
  },
  abandon: async (addressHash, attemptId) => {
    await step(`abandonMail ${addressHash}`);
    if (mails.get(addressHash)?.attemptId === attemptId) mails.delete(addressHash);
  },
  noteSent: async (addressHash, sentAt) => {
    await step(`noteMail ${addressHash}`);
    mails.set(addressHash, { sentAt });
  },
  release: async (addressHash, until) => {
    await step(`releaseMail ${addressHash}`);
    if ((mails.get(addressHash)?.sentAt ?? '~') <= until) mails.delete(addressHash);
  },
});

/** Proposals in memory over the contacts that they are about, by contact and address. */
export const memoryProposals = (
  { proposals, contacts }: { proposals: Map<string, KeptProposal>; contacts: ReadonlyMap<number, Contact> },
  step: Step,
): Proposals => {
  const nameOf = ({ contactId, addressHash }: ConfirmationKey) => `${contactId} ${addressHash}`;
  return {
    add: async (key, proposal) => {
      await step(`addProposal ${key.contactId}`);
      const contact = contacts.get(key.contactId);
      if (!contact || contact.state === 'erased') return false;
      const kept = proposals.get(nameOf(key));
      proposals.set(nameOf(key), {
        ...proposal,
        members: { ...kept?.members, ...proposal.members },
        segmentIds: [...new Set([...(kept?.segmentIds ?? []), ...proposal.segmentIds])],
        restores: proposal.restores || kept?.restores === true,
      });
      return true;
    },
    find: async (key) => {
      await step(`readProposal ${key.contactId}`);
      return proposals.get(nameOf(key));
    },
    remove: async (key, revision) => {
      await step(`removeProposal ${key.contactId}`);
      if (proposals.get(nameOf(key))?.revision === revision) proposals.delete(nameOf(key));
    },
    forget: async (contactId) => {
      await step(`forgetProposals ${contactId}`);
      for (const name of proposals.keys()) if (name.startsWith(`${contactId} `)) proposals.delete(name);
    },
  };
};

/** Confirmations in memory, by contact and address. */
export const memoryConfirmations = (confirmations: Map<string, Confirmation>, step: Step): Confirmations => {
  const nameOf = ({ contactId, addressHash }: { contactId: number; addressHash: string }) =>
    `${contactId} ${addressHash}`;
  return {
    find: async (key) => {
      await step('findConfirmation');
      return confirmations.get(nameOf(key));
    },
    begin: async (key, { startedAt, issuedAt }) => {
      await step('beginConfirmation');
      const known = confirmations.get(nameOf(key));
      if (known && !(known.finishedAt !== undefined && known.finishedAt < issuedAt)) return known;
      confirmations.set(nameOf(key), { startedAt });
      return { startedAt };
    },
    finish: async (key, { startedAt }, finishedAt) => {
      await step('finishConfirmation');
      const known = confirmations.get(nameOf(key));
      if (known?.startedAt === startedAt && known.finishedAt === undefined) {
        confirmations.set(nameOf(key), { startedAt, finishedAt });
      }
    },
  };
};
