import { addressesBodyBytes, bulkBodyBytes, messageBodyBytes } from '../body-bytes.ts';
import type { OperationDefinition } from '../operation.ts';
import { contactId, messageId } from '../path-parameters.ts';
import {
  activityQuery,
  activityResponse,
  contactMessagesQuery,
  contactMessagesResponse,
  parseActivityQuery,
  parseContactMessagesQuery,
} from './activity.ts';
import { messagePreviewResponse, previewQuery } from './message-preview.ts';
import { emailRequest, sendRequest, smartSendRequest, smsRequest } from './message-requests.ts';
import { messageStatusQuery, messageStatusResponse, messagesResponse, parseRequestIds } from './message-response.ts';
import { parseEmailRequest, parseSendRequest, parseSmartSendRequest, parseSmsRequest } from './messages.ts';
import { sentMessagesResponse } from './sent-messages.ts';
import {
  messageChannel,
  messageIdResponse,
  parseStoredMessage,
  parseStoredMessageChanges,
  parseStoredMessagesQuery,
  smsSendersResponse,
  storedMessageChanges,
  storedMessageRequest,
  storedMessageResponse,
  storedMessagesHeaders,
  storedMessagesQuery,
  storedMessagesResponse,
} from './stored-messages.ts';
import { parseTemplate, templateHeadResponse, templateRequest, templateResponse } from './templates.ts';

/** Send an e-mail (contract 4.17). */
export const sendEmail = {
  name: 'sendEmail',
  access: 'messages',
  tag: 'Messages',
  summary: 'Send an e-mail',
  description:
    'Queues one e-mail to up to 1,000 addresses, unconfirmed and unsubscribed ones too, as it is transactional.',
  body: { schema: emailRequest, read: parseEmailRequest },
  maxBodyBytes: messageBodyBytes,
  answer: messagesResponse,
} as const satisfies OperationDefinition;

/** Send an SMS (contract 4.17). */
export const sendSms = {
  name: 'sendSms',
  access: 'messages',
  tag: 'Messages',
  summary: 'Send an SMS',
  description: 'Queues one SMS to up to 1,000 phone numbers, or in the background to all contacts of a segment.',
  body: { schema: smsRequest, read: parseSmsRequest },
  answer: messagesResponse,
  findsByQuery: true,
} as const satisfies OperationDefinition;

/** Send a stored message (contract 4.17). */
export const sendStoredMessage = {
  name: 'sendStoredMessage',
  access: 'messages',
  tag: 'Messages',
  summary: 'Send a stored message',
  description: `Queues a stored message with the same parameters to up to 1,000 recipients, to one contact, or in the background to the contacts of a segment that may get bulk mail. Unconfirmed addresses get it only with \`allowUnconfirmed\`.`,
  path: { id: messageId },
  body: { schema: sendRequest, read: parseSendRequest },
  maxBodyBytes: addressesBodyBytes,
  answer: messagesResponse,
} as const satisfies OperationDefinition;

/** Send a stored message with parameters for each recipient (contract 4.17). */
export const smartSend = {
  name: 'smartSend',
  access: 'messages',
  tag: 'Messages',
  summary: 'Send a stored message with parameters for each recipient',
  description: `Queues a stored message to up to 1,000 recipients, each with parameters of its own. Unconfirmed addresses get it with \`allowUnconfirmed\` only. A \`contactId\` never makes a contact.`,
  path: { id: messageId },
  body: { schema: smartSendRequest, read: parseSmartSendRequest },
  maxBodyBytes: bulkBodyBytes,
  answer: messagesResponse,
} as const satisfies OperationDefinition;

/** Get the status of messages (contract 4.17). */
export const getMessageStatus = {
  name: 'getMessageStatus',
  access: 'messages',
  tag: 'Messages',
  summary: 'Get the status of messages',
  description: 'What became of messages, by their `requestId`. A message to a segment is SENT when it was sent to all.',
  query: { schema: messageStatusQuery, read: parseRequestIds },
  answer: messageStatusResponse,
} as const satisfies OperationDefinition;

/** List stored messages. */
export const listMessages = {
  name: 'listMessages',
  access: 'adminRead',
  tag: 'Stored messages',
  summary: 'List stored messages',
  description: 'Stored messages ascending by id, without what they say.',
  list: { name: 'messages' },
  answer: templateHeadResponse,
} as const satisfies OperationDefinition;

/** Create a stored message. */
export const createMessage = {
  name: 'createMessage',
  access: 'adminChange',
  tag: 'Stored messages',
  summary: 'Create a stored message',
  description:
    'Keeps an e-mail or an SMS that is sent by its id. `${name}` stands for a parameter, `${name.member}` for a member of one, `${contact.firstName}` for a member of the contact; what is not there becomes empty.',
  body: { schema: templateRequest, read: parseTemplate },
  maxBodyBytes: messageBodyBytes,
  answer: templateResponse,
} as const satisfies OperationDefinition;

/** Describe a stored message. */
export const describeMessage = {
  name: 'describeMessage',
  access: 'adminRead',
  tag: 'Stored messages',
  summary: 'Describe a stored message',
  description: 'A stored message with what it says.',
  path: { id: messageId },
  answer: templateResponse,
} as const satisfies OperationDefinition;

/** Replace a stored message. */
export const replaceMessage = {
  name: 'replaceMessage',
  access: 'adminChange',
  tag: 'Stored messages',
  summary: 'Replace a stored message',
  description: 'Keeps a new version. What was accepted for sending before says what it said then.',
  path: { id: messageId },
  body: { schema: templateRequest, read: parseTemplate },
  maxBodyBytes: messageBodyBytes,
  answer: templateResponse,
} as const satisfies OperationDefinition;

/** Delete a stored message. */
export const deleteMessage = {
  name: 'deleteMessage',
  access: 'adminChange',
  tag: 'Stored messages',
  summary: 'Delete a stored message',
  description: 'Removes a stored message. What was accepted for sending before is still sent.',
  path: { id: messageId },
  answer: 'nothing',
} as const satisfies OperationDefinition;

/** Preview a stored message. */
export const previewMessage = {
  name: 'previewMessage',
  access: 'adminRead',
  tag: 'Stored messages',
  summary: 'Preview a stored message',
  description: 'What a stored message says to a contact. What a sender gives beside the contact stays empty.',
  path: { id: messageId },
  query: previewQuery,
  answer: messagePreviewResponse,
} as const satisfies OperationDefinition;

/** List the messages to a contact. */
export const listContactMessages = {
  name: 'listContactMessages',
  access: 'adminRead',
  tag: 'People',
  summary: 'List the messages to a contact',
  description: 'The latest 500 messages to a contact with what became of them, the newest first.',
  path: { id: contactId },
  answer: sentMessagesResponse,
} as const satisfies OperationDefinition;

/** Search stored messages (contract 4.17). */
export const searchStoredMessages = {
  name: 'searchStoredMessages',
  access: 'messages',
  tag: 'Messages',
  summary: 'Search stored messages',
  description: 'Stored messages of a channel ascending by id, e-mails without their bodies.',
  path: { channel: messageChannel },
  query: { schema: storedMessagesQuery, read: parseStoredMessagesQuery },
  answer: storedMessagesResponse,
  headers: storedMessagesHeaders,
} as const satisfies OperationDefinition;

/** Add a stored message (contract 4.17). */
export const addStoredMessage = {
  name: 'addStoredMessage',
  access: 'messages',
  tag: 'Messages',
  summary: 'Add a stored message',
  description: 'Keeps an e-mail or an SMS that is sent by its id.',
  path: { channel: messageChannel },
  body: { schema: storedMessageRequest, read: parseStoredMessage },
  maxBodyBytes: messageBodyBytes,
  answer: messageIdResponse,
} as const satisfies OperationDefinition;

/** Get a stored message (contract 4.17). */
export const getStoredMessage = {
  name: 'getStoredMessage',
  access: 'messages',
  tag: 'Messages',
  summary: 'Get a stored message',
  description: 'A stored message with what it says.',
  path: { channel: messageChannel, id: messageId },
  answer: storedMessageResponse,
} as const satisfies OperationDefinition;

/** Update a stored message (contract 4.17). */
export const updateStoredMessage = {
  name: 'updateStoredMessage',
  access: 'messages',
  tag: 'Messages',
  summary: 'Update a stored message',
  description: 'Changes the members that the body has. What was accepted for sending before says what it said then.',
  path: { channel: messageChannel, id: messageId },
  body: { schema: storedMessageChanges, read: parseStoredMessageChanges },
  maxBodyBytes: messageBodyBytes,
  answer: messageIdResponse,
} as const satisfies OperationDefinition;

/** Remove a stored message (contract 4.17). */
export const removeStoredMessage = {
  name: 'removeStoredMessage',
  access: 'messages',
  tag: 'Messages',
  summary: 'Remove a stored message',
  description: 'Removes a stored message. What was accepted for sending before is still sent.',
  path: { channel: messageChannel, id: messageId },
  answer: messageIdResponse,
} as const satisfies OperationDefinition;

/** List what SMS are sent from (contract 4.17). */
export const listSmsSenders = {
  name: 'listSmsSenders',
  access: 'messages',
  tag: 'Messages',
  summary: 'List what SMS are sent from',
  description: 'The numbers and names of the setting `smsSenders`; none if the stage sends no SMS.',
  answer: smsSendersResponse,
} as const satisfies OperationDefinition;

/** List what became of messages (contract 4.21). */
export const listContactActivity = {
  name: 'listContactActivity',
  access: 'readContacts',
  tag: 'Messages',
  summary: 'List what became of messages',
  description:
    'Each message of which something was heard in a range of time, as it stands now, by the time of that. The rows after the last one are asked for by its `offset`, until the answer is empty.',
  query: { schema: activityQuery, read: parseActivityQuery },
  answer: activityResponse,
} as const satisfies OperationDefinition;

/** List what became of the messages to a contact (contract 4.21). */
export const getContactMessages = {
  name: 'getContactMessages',
  access: 'readContacts',
  tag: 'Messages',
  summary: 'List what became of the messages to a contact',
  description:
    'The latest messages that were sent to a contact, the newest first. The contact is found by its id, then by `externalCustomerId`, e-mail address and phone.',
  query: { schema: contactMessagesQuery, read: parseContactMessagesQuery },
  answer: contactMessagesResponse,
  findsByQuery: true,
} as const satisfies OperationDefinition;
