import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import type { MessageChannel } from '#domain/messages/message.ts';
import {
  type MessageTemplate,
  summaryOf,
  type TemplateDraft,
  type TemplateStore,
} from '#domain/messages/message-template.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';

export interface ManageTemplatesPorts extends Pick<Ambient, 'now' | 'pause'> {
  readonly templates: TemplateStore;
}

interface ReadTemplatePorts {
  readonly templates: Pick<TemplateStore, 'find'>;
}

/**
 * A stored message as it is now.
 * @throws RollcallError NOT_FOUND.
 */
export const readTemplate = async ({ templates }: ReadTemplatePorts, id: number): Promise<MessageTemplate> => {
  const template = await templates.find(id);
  if (!template) throw unknownTemplate(id);
  return template;
};

/** A stored message by its id, and the channel that it has to have. */
export interface TemplateName {
  readonly id: number;
  readonly channel: MessageChannel;
}

/**
 * A stored message of a channel as it is now.
 * @throws RollcallError NOT_FOUND, also for one of another channel.
 */
export const readTemplateOf = async (
  ports: ReadTemplatePorts,
  { id, channel }: TemplateName,
): Promise<MessageTemplate> => {
  const template = await readTemplate(ports, id);
  if (template.channel !== channel) throw unknownTemplate(id);
  return template;
};

const unknownTemplate = (id: number): RollcallError =>
  new RollcallError('NOT_FOUND', `Message with id='${id}' not found`);

/** Keeps a new stored message. */
export const createTemplate = (
  { templates, now }: ManageTemplatesPorts,
  draft: TemplateDraft,
): Promise<MessageTemplate> => templates.create({ ...draft, createdAt: now() });

/**
 * Replaces what a stored message says; what was accepted for sending before says what it said then.
 * @throws RollcallError NOT_FOUND.
 */
export const replaceTemplate = (
  ports: ManageTemplatesPorts,
  id: number,
  draft: TemplateDraft,
): Promise<MessageTemplate> =>
  changeTemplate(
    ports,
    () => readTemplate(ports, id),
    () => draft,
  );

/**
 * Changes a stored message of a channel; what was accepted for sending before says what it said then.
 * @throws RollcallError NOT_FOUND, and whatever `change` throws.
 */
export const updateTemplate = (
  ports: ManageTemplatesPorts,
  name: TemplateName,
  change: (template: MessageTemplate) => TemplateDraft,
): Promise<MessageTemplate> => changeTemplate(ports, () => readTemplateOf(ports, name), change);

const changeTemplate = (
  ports: ManageTemplatesPorts,
  read: () => Promise<MessageTemplate>,
  change: (template: MessageTemplate) => TemplateDraft,
): Promise<MessageTemplate> =>
  retryOnConflict(ports, async () => {
    const template = await read();
    const draft = change(template);
    const next = { ...draft, updatedAt: ports.now() };
    if (!(await ports.templates.replace(template, next))) return undefined;
    const { channel } = draft.content;
    return { ...template, ...next, channel, summary: summaryOf(draft.content), version: template.version + 1 };
  });

/**
 * Removes a stored message; what was accepted for sending before is still sent.
 * @throws RollcallError NOT_FOUND.
 */
export const removeTemplate = (ports: ManageTemplatesPorts, id: number): Promise<MessageTemplate> =>
  removeRead(ports, () => readTemplate(ports, id));

/**
 * Removes a stored message of a channel.
 * @throws RollcallError NOT_FOUND.
 */
export const removeTemplateOf = (ports: ManageTemplatesPorts, name: TemplateName): Promise<MessageTemplate> =>
  removeRead(ports, () => readTemplateOf(ports, name));

const removeRead = (ports: ManageTemplatesPorts, read: () => Promise<MessageTemplate>): Promise<MessageTemplate> =>
  retryOnConflict(ports, async () => {
    const template = await read();
    return (await ports.templates.remove(template)) ? template : undefined;
  });
