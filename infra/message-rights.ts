import { environmentNames } from '#names/environment.ts';
import type { ContactStore } from './constructs/contact-store.ts';
import type { Messages } from './constructs/messages.ts';
import type { Grant } from './grant.ts';
import type { Settings } from './settings.ts';

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
  | 'deleteMessage'
  | 'searchStoredMessages'
  | 'addStoredMessage'
  | 'getStoredMessage'
  | 'updateStoredMessage'
  | 'removeStoredMessage'
  | 'listSmsSenders'
  | 'listContactActivity'
  | 'getContactMessages';

/** What operations on messages may do beside authenticating their caller. */
export const messageRights = ({
  settings,
  store,
  messages,
}: {
  readonly settings: Settings;
  readonly store: ContactStore;
  readonly messages: Messages;
}): Record<MessageOperation, Grant> => {
  const sends: Grant = (fn) => {
    messages.grantSend(fn);
    messages.grantSendToSegment(fn);
  };
  const sendsStored: Grant = (fn) => {
    sends(fn);
    store.grant(fn, 'readTemplates');
  };
  return {
    sendEmail: sends,
    sendSms: sends,
    sendStoredMessage: sendsStored,
    smartSend: sendsStored,
    getMessageStatus: (fn) => store.grant(fn, 'readMessages'),
    listMessages: (fn) => store.grant(fn, 'listTemplates'),
    listContactMessages: (fn) => store.grant(fn, 'listMessagesOfContact'),
    previewMessage: (fn) => {
      store.grant(fn, 'readTemplates');
      store.grant(fn, 'readContact');
    },
    createMessage: (fn) => {
      store.grant(fn, 'createTemplates');
      messages.passSenders(fn);
    },
    describeMessage: (fn) => store.grant(fn, 'readTemplates'),
    replaceMessage: (fn) => {
      store.grant(fn, 'replaceTemplates');
      messages.passSenders(fn);
    },
    deleteMessage: (fn) => store.grant(fn, 'removeTemplates'),
    searchStoredMessages: (fn) => store.grant(fn, 'listTemplates'),
    addStoredMessage: (fn) => store.grant(fn, 'createTemplates'),
    getStoredMessage: (fn) => store.grant(fn, 'readTemplates'),
    updateStoredMessage: (fn) => store.grant(fn, 'replaceTemplates'),
    removeStoredMessage: (fn) => store.grant(fn, 'removeTemplates'),
    listSmsSenders: (fn) => messages.passSenders(fn),
    listContactActivity: (fn) => store.grant(fn, 'listActivity'),
    getContactMessages: (fn) => {
      store.grant(fn, 'listMessagesOfContact');
      fn.addEnvironment(environmentNames.defaultCountry, settings.defaultCountry);
    },
  };
};
