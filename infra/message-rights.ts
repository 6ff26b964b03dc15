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
  | 'listContactMessages'
  | 'previewMessage'
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
    store.grant(fn, 'readTemplates');
  };
  const readsTemplates: Grant = (fn) => store.grant(fn, 'readTemplates');
  const writesTemplates: Grant = (fn) => {
    store.grant(fn, 'manageTemplates');
    messages.tellSenders(fn);
  };
  return {
    sendEmail: sends,
    sendSms: sends,
    sendStoredMessage: sendsStored,
    smartSend: sendsStored,
    getMessageStatus: (fn) => store.grant(fn, 'readMessages'),
    listMessages: readsTemplates,
    listContactMessages: (fn) => store.grant(fn, 'listMessagesOfContact'),
    previewMessage: (fn) => {
      readsTemplates(fn);
      store.grant(fn, 'readContact');
    },
    createMessage: writesTemplates,
    describeMessage: readsTemplates,
    replaceMessage: writesTemplates,
    deleteMessage: (fn) => store.grant(fn, 'manageTemplates'),
  };
};
