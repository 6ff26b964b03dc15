import type { Ambient } from '#domain/ambient.ts';
import { RollcallError } from '#domain/error.ts';
import type { MessageContent } from '#domain/messages/message.ts';
import type { MessageTemplate, TemplateStore } from '#domain/messages/message-template.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';

export interface ManageTemplatesPorts extends Pick<Ambient, 'now' | 'pause'> {
  readonly templates: TemplateStore;
}

/** What a stored message is called and says. */
export interface TemplateDraft {
  readonly name: string;
  readonly content: MessageContent;
}

/**
 * A stored message as it is now.
 * @throws RollcallError NOT_FOUND.
 */
export const readTemplate = async (
  { templates }: { readonly templates: Pick<TemplateStore, 'find'> },
  id: number,
): Promise<MessageTemplate> => {
  const template = await templates.find(id);
  if (!template) throw new RollcallError('NOT_FOUND', `Message with id='${id}' not found`);
  return template;
};

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
  retryOnConflict(ports, async () => {
    const template = await readTemplate(ports, id);
    const next = { ...draft, updatedAt: ports.now() };
    if (!(await ports.templates.replace(template, next))) return undefined;
    return { ...template, ...next, channel: draft.content.channel, version: template.version + 1 };
  });

/**
 * Removes a stored message; what was accepted for sending before is still sent.
 * @throws RollcallError NOT_FOUND.
 */
export const removeTemplate = (ports: ManageTemplatesPorts, id: number): Promise<MessageTemplate> =>
  retryOnConflict(ports, async () => {
    const template = await readTemplate(ports, id);
    return (await ports.templates.remove(template)) ? template : undefined;
  });
