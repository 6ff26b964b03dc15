import {
  type ContentName,
  type Message,
  type MessageContent,
  type QueuedMessage,
  statusesBefore,
} from '#domain/message.ts';
import type { MessageCarrier, MessageQueue, MessageStore, OutgoingMessage } from '#domain/message-ports.ts';
import type { MessageTemplate, TemplateStore } from '#domain/message-template.ts';
import { itemByItem, pageOf, type Step } from './step.ts';

/** A message as it is kept, with the attempt that holds it. */
export interface KeptMessage extends Message {
  readonly task?: QueuedMessage['task'];
  readonly attemptId?: string;
  readonly heldUntil?: string;
}

/** What messages and stored messages are kept in. */
export const emptyMessageState = () => ({
  messages: new Map<string, KeptMessage>(),
  contents: new Map<string, MessageContent>(),
  templates: new Map<number, MessageTemplate>(),
  queuedMessages: [] as string[],
  carried: [] as OutgoingMessage[],
});

/** What the ports for messages share. */
export type MessageState = ReturnType<typeof emptyMessageState>;

/** Messages in memory, by their `requestId`. */
export const memoryMessageStore = ({ messages, contents }: MessageState, step: Step): MessageStore => ({
  putContent: async (contentId, content) => {
    await step(`putContent ${contentId}`);
    contents.set(nameOf({ contentId }), content);
  },
  readContent: async (name) => {
    await step('readContent');
    return contents.get(nameOf(name));
  },
  create: async (created) => {
    await itemByItem(
      created,
      ({ requestId }) => step(`createMessage ${requestId}`),
      (message) => {
        if (!messages.has(message.requestId)) messages.set(message.requestId, message);
      },
    );
  },
  find: async (requestIds) => {
    await step('findMessages');
    return [...new Set(requestIds)].flatMap((requestId) => {
      const { task, attemptId, heldUntil, ...message } = messages.get(requestId) ?? {};
      return 'requestId' in message ? [message as Message] : [];
    });
  },
  begin: async ({ requestId, attemptId, now, until }) => {
    await step(`beginMessage ${requestId}`);
    const { attemptId: _, heldUntil, task, ...message } = messages.get(requestId) ?? {};
    if (!('requestId' in message) || message.status !== 'QUEUED' || !task) return 'over';
    if (heldUntil !== undefined && heldUntil > now) return 'busy';
    const begun = { ...(message as Message), task };
    messages.set(requestId, { ...begun, attemptId, heldUntil: until });
    return begun;
  },
  abandon: async ({ requestId, attemptId }) => {
    await step(`abandonMessage ${requestId}`);
    const { attemptId: holder, heldUntil: _, ...message } = messages.get(requestId) ?? {};
    if (holder === attemptId && 'requestId' in message) messages.set(requestId, message as KeptMessage);
  },
  note: async (requestId, end) => {
    await step(`noteMessage ${requestId}`);
    const { task: _task, attemptId: _attempt, heldUntil: _until, ...message } = messages.get(requestId) ?? {};
    if (!('requestId' in message)) return false;
    const known = message as Message;
    if (!statusesBefore(end.status).includes(known.status)) return false;
    messages.set(requestId, { ...known, ...end });
    return true;
  },
  forget: async (contactId) => {
    await step(`forgetMessages ${contactId}`);
    for (const [requestId, message] of messages) if (message.contactId === contactId) messages.delete(requestId);
  },
});

/** A queue that keeps what was sent. */
export const memoryMessageQueue = (sent: string[], step: Step): MessageQueue => ({
  send: async (requestIds) => {
    await itemByItem(
      requestIds,
      (requestId) => step(`queueMessage ${requestId}`),
      (requestId) => sent.push(requestId),
    );
  },
});

/** A carrier that keeps what it took. */
export const memoryMessageCarrier = (carried: OutgoingMessage[], step: Step): MessageCarrier => ({
  send: async (message) => {
    await step(`carry ${message.requestId}`);
    carried.push(message);
    return 'accepted';
  },
});

/** Stored messages in memory, by id. */
export const memoryTemplates = ({ templates, contents }: MessageState, step: Step): TemplateStore => {
  let ids = 0;
  const isAsRead = ({ id, version }: MessageTemplate) => templates.get(id)?.version === version;
  const keep = (template: MessageTemplate) => {
    templates.set(template.id, template);
    contents.set(nameOf({ templateId: template.id, version: template.version }), template.content);
  };
  return {
    list: async (page) => {
      await step('listTemplates');
      const rows = [...templates.values()].map(({ content: _, ...row }) => row);
      return pageOf(
        rows.sort((one, other) => one.id - other.id),
        ({ id }) => String(id),
        page,
      );
    },
    find: async (id) => {
      await step(`findTemplate ${id}`);
      return templates.get(id);
    },
    create: async (given) => {
      await step('createTemplate');
      ids += 1;
      const template = { ...given, id: ids, version: 1, updatedAt: given.createdAt };
      keep(template);
      return template;
    },
    replace: async (template, next) => {
      await step(`replaceTemplate ${template.id}`);
      if (!isAsRead(template)) return false;
      keep({ ...template, ...next, version: template.version + 1 });
      return true;
    },
    remove: async (template) => {
      await step(`removeTemplate ${template.id}`);
      return isAsRead(template) && templates.delete(template.id);
    },
  };
};

const nameOf = (name: ContentName): string =>
  'contentId' in name ? name.contentId : `${name.templateId}#${name.version}`;
