import type { ContactReader } from '#domain/contacts/ports.ts';
import { RollcallError } from '#domain/error.ts';
import { paramsOfContact } from '#domain/messages/message.ts';
import type { TemplateStore } from '#domain/messages/message-template.ts';
import { type RenderedMessage, renderMessage } from '#domain/messages/render-message.ts';
import { readTemplate } from './manage-templates.ts';

export interface PreviewTemplatePorts {
  readonly templates: Pick<TemplateStore, 'find'>;
  readonly contactReader: Pick<ContactReader, 'find'>;
}

/**
 * A stored message as a contact would read it, or as it stands where no contact is named. What a sender would give
 * beside the contact stays empty.
 * @throws RollcallError NOT_FOUND for a message or a contact that is not there.
 */
export const previewTemplate = async (
  ports: PreviewTemplatePorts,
  id: number,
  contactId: number | undefined,
): Promise<RenderedMessage> => {
  const { content } = await readTemplate(ports, id);
  if (contactId === undefined) return content;
  const found = await ports.contactReader.find(contactId);
  if (!found) throw new RollcallError('NOT_FOUND', `Contact with id='${contactId}' not found`);
  return renderMessage(content, { ...paramsOfContact(found.contact), unsubscribeLink: '#unsubscribe' });
};
