import type { OperationDescription } from '../operations.ts';
import { pageQuery, pageResponse } from '../page.ts';
import { emailRequest, sendRequest, smartSendRequest, smsRequest } from './message-requests.ts';
import { messageStatusQuery, messageStatusResponse, messagesResponse } from './message-response.ts';
import { templateHeadResponse, templateRequest, templateResponse } from './templates.ts';

const createsContacts =
  'Whoever is unknown becomes a contact with that one channel, confirmed, in no segment and without any event; whoever is known stays as it is.';

/** The operations on messages, described. */
export const messageOperations = {
  sendEmail: {
    tag: 'Messages',
    summary: 'Send an e-mail',
    description: `Queues one e-mail to up to 1,000 addresses, unconfirmed and unsubscribed ones too, as it is transactional. ${createsContacts}`,
    body: emailRequest,
    answer: messagesResponse,
  },
  sendSms: {
    tag: 'Messages',
    summary: 'Send an SMS',
    description: `Queues one SMS to up to 1,000 phone numbers, or in the background to everybody in a segment. ${createsContacts}`,
    body: smsRequest,
    answer: messagesResponse,
    findsByQuery: true,
  },
  sendStoredMessage: {
    tag: 'Messages',
    summary: 'Send a stored message',
    description: `Queues a stored message with the same parameters to up to 1,000 recipients, to one contact, or in the background to everybody in a segment who may get bulk mail. Unconfirmed addresses get it with \`allowUnconfirmed\` only. ${createsContacts}`,
    body: sendRequest,
    answer: messagesResponse,
  },
  smartSend: {
    tag: 'Messages',
    summary: 'Send a stored message with parameters for each recipient',
    description: `Queues a stored message to up to 1,000 recipients, each with parameters of its own. Unconfirmed addresses get it with \`allowUnconfirmed\` only. ${createsContacts} A \`contactId\` never makes a contact.`,
    body: smartSendRequest,
    answer: messagesResponse,
  },
  getMessageStatus: {
    tag: 'Messages',
    summary: 'Get the status of messages',
    description:
      'How messages fare, by their `requestId`. A message to a segment is SENT when it was sent to everybody.',
    query: messageStatusQuery,
    answer: messageStatusResponse,
  },
  listMessages: {
    tag: 'Stored messages',
    summary: 'List stored messages',
    description: 'Stored messages ascending by id, without what they say.',
    query: pageQuery(),
    answer: pageResponse(templateHeadResponse),
  },
  createMessage: {
    tag: 'Stored messages',
    summary: 'Create a stored message',
    description:
      'Keeps an e-mail or an SMS that is sent by its id. `${name}` stands for a parameter, `${name.member}` for a member of one, `${contact.firstName}` for a member of the contact; what is not there becomes empty.',
    body: templateRequest,
    answer: templateResponse,
  },
  describeMessage: {
    tag: 'Stored messages',
    summary: 'Describe a stored message',
    description: 'A stored message with what it says.',
    answer: templateResponse,
  },
  replaceMessage: {
    tag: 'Stored messages',
    summary: 'Replace a stored message',
    description: 'Keeps a new version. What was accepted for sending before says what it said then.',
    body: templateRequest,
    answer: templateResponse,
  },
  deleteMessage: {
    tag: 'Stored messages',
    summary: 'Delete a stored message',
    description: 'Removes a stored message. What was accepted for sending before is still sent.',
    answer: 'nothing',
  },
} as const satisfies Readonly<Record<string, OperationDescription>>;
