import type { ContactStore } from './constructs/contact-store.ts';
import type { Messages } from './constructs/messages.ts';
import type { Grant } from './grant.ts';

/** The operations on messages and stored messages. */
type MessageOperation =
  | 'sendEmail'
  | 'sendSms'
  | 'sendStoredMessage'
  | 'smartSend'
  | 'getMessageStatus'
  | 'listMessages'
  | 'createMessage'
  | 'describeMessage'
  | 'replaceMessage'
  | 'deleteMessage';

/** What operations on messages may do beside authenticating their caller. */
export const messageRights = ({
  store,
  messages,
}: {
  readonly store: ContactStore;
  readonly messages: Messages;
}): Record<MessageOperation, Grant> => {
  const sends: Grant = (fn) => messages.grantSend(fn);
  const sendsStored: Grant = (fn) => {
    messages.grantSend(fn);
    store.grantReadTemplates(fn);
  };
  const readsTemplates: Grant = (fn) => store.grantReadTemplates(fn);
  const writesTemplates: Grant = (fn) => {
    store.grantManageTemplates(fn);
    messages.tellSenders(fn);
  };
  return {
    sendEmail: sends,
    sendSms: sends,
    sendStoredMessage: sendsStored,
    smartSend: sendsStored,
    getMessageStatus: (fn) => store.grantReadMessages(fn),
    listMessages: readsTemplates,
    createMessage: writesTemplates,
    describeMessage: readsTemplates,
    replaceMessage: writesTemplates,
    deleteMessage: (fn) => store.grantManageTemplates(fn),
  };
};
