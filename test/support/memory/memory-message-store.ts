import { placeOf } from '#domain/messages/activity.ts';
import {
  type ContentName,
  type Message,
  type MessageContent,
  type QueuedMessage,
  statusesBefore,
} from '#domain/messages/message.ts';
import { type MessageTemplate, summaryOf, type TemplateStore } from '#domain/messages/message-template.ts';
import type { MessageCarrier, MessageJob, MessageStore, OutgoingMessage } from '#domain/messages/ports.ts';
import type { SegmentSending, SegmentSendingJob, SegmentSendings } from '#domain/segments/segment-sending.ts';
import { itemByItem, pageOf, type Step } from './step.ts';

/** A message as it is kept, with the attempt that holds it. */
export interface KeptMessage extends Message {
  readonly task?: QueuedMessage['task'];
  readonly attemptId?: string;
  readonly heldUntil?: string;
  /** Content that goes with it. */
  readonly ownContent?: string;
}

/** What messages and stored messages are kept in. */
export const emptyMessageState = () => ({
  messages: new Map<string, KeptMessage>(),
  contents: new Map<string, MessageContent>(),
  templates: new Map<number, MessageTemplate>(),
  sendings: new Map<string, SegmentSending>(),
  sentSendings: [] as SegmentSendingJob[],
  queuedMessages: [] as MessageJob[],
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
  create: async (created, isContentOwn) => {
    await itemByItem(
      created,
      ({ requestId }) => step(`createMessage ${requestId}`),
      (message) => {
        if (messages.has(message.requestId)) return;
        const ownContent = isContentOwn ? nameOf(message.task.content) : undefined;
        messages.set(message.requestId, { ...message, ...(ownContent !== undefined && { ownContent }) });
      },
    );
  },
  listHeard: async ({ from, until, after = '', limit }) => {
    await step('listHeardMessages');
    const heard = [...messages.values()].filter(
      ({ status, contactId, statusAt }) =>
        status !== 'QUEUED' && contactId !== 0 && statusAt >= from && statusAt <= until,
    );
    const inOrder = heard.map(shown).sort((one, other) => placeOf(one).localeCompare(placeOf(other)));
    return inOrder.filter((one) => placeOf(one) > after).slice(0, limit);
  },
  listOf: async (contactId) => {
    await step('listMessages');
    const own = [...messages.values()].filter((kept) => kept.contactId === contactId).map(shown);
    return own.sort((one, other) => other.createdAt.localeCompare(one.createdAt));
  },
  find: async (requestIds) => {
    await step('findMessages');
    return [...new Set(requestIds)].flatMap((requestId) => {
      const kept = messages.get(requestId);
      return kept ? [shown(kept)] : [];
    });
  },
  begin: async ({ requestId, attemptId, now, until }) => {
    await step(`claimMessage ${requestId}`);
    const kept = messages.get(requestId);
    if (kept?.status !== 'QUEUED' || !kept.task) return 'over';
    if (kept.heldUntil !== undefined && kept.heldUntil > now) return 'busy';
    messages.set(requestId, { ...kept, attemptId, heldUntil: until });
    return { ...shown(kept), task: kept.task };
  },
  abandon: async ({ requestId, attemptId }) => {
    await step(`abandonMessage ${requestId}`);
    const kept = messages.get(requestId);
    if (kept?.attemptId !== attemptId) return;
    const { attemptId: _holder, heldUntil: _until, ...message } = kept;
    messages.set(requestId, message);
  },
  note: async (requestId, end) => {
    await step(`noteMessage ${requestId}`);
    const kept = messages.get(requestId);
    if (!kept || !statusesBefore(end.status).includes(kept.status)) return false;
    const { reason: _, ...known } = shown(kept);
    messages.set(requestId, {
      ...known,
      ...end,
      ...(kept.ownContent !== undefined && { ownContent: kept.ownContent }),
    });
    return true;
  },
  findOneOf: async (contactId) => {
    await step(`findOneMessageOf ${contactId}`);
    const message = [...messages.values()].find((one) => one.contactId === contactId);
    return message && { requestId: message.requestId, createdAt: message.createdAt };
  },
  forget: async (contactId) => {
    await step(`forgetMessages ${contactId}`);
    for (const [requestId, message] of messages) {
      if (message.contactId !== contactId) continue;
      messages.delete(requestId);
      if (message.ownContent !== undefined) contents.delete(message.ownContent);
    }
  },
});

/** A message without what only the store knows. */
const shown = ({ task: _task, attemptId: _holder, heldUntil: _until, ownContent: _content, ...message }: KeptMessage) =>
  message;

/** Sendings to segments in memory; their status is with that of messages. */
export const memorySegmentSendings = ({ messages, sendings }: MessageState, step: Step): SegmentSendings => ({
  create: async (sending) => {
    const { requestId, channel, createdAt } = sending;
    await step(`createSending ${requestId}`);
    sendings.set(requestId, sending);
    messages.set(requestId, { requestId, contactId: 0, channel, status: 'QUEUED', createdAt, statusAt: createdAt });
  },
  find: async (requestId) => {
    await step(`findSending ${requestId}`);
    return sendings.get(requestId);
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
    heads: async (ids) => {
      await step('readTemplates');
      return ids.flatMap((id) => {
        const { content: _, ...head } = templates.get(id) ?? {};
        return 'id' in head ? [head] : [];
      });
    },
    create: async (given) => {
      await step('createTemplate');
      ids += 1;
      const { channel } = given.content;
      const summary = summaryOf(given.content);
      const template = { ...given, id: ids, channel, summary, version: 1, updatedAt: given.createdAt };
      keep(template);
      return template;
    },
    replace: async (template, next) => {
      await step(`replaceTemplate ${template.id}`);
      if (!isAsRead(template)) return false;
      const summary = summaryOf(next.content);
      keep({ ...template, ...next, channel: next.content.channel, summary, version: template.version + 1 });
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
