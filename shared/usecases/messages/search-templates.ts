import type { RowsWindow } from '#domain/contacts/contact-search.ts';
import type { MessageChannel } from '#domain/messages/message.ts';
import type { TemplateHead, TemplateStore } from '#domain/messages/message-template.ts';

/** Which stored messages are looked for. */
export interface TemplateSearch extends RowsWindow {
  readonly channel: MessageChannel;
  /** What the name, the subject or a tag contains, whatever the case. */
  readonly search: string;
}

/** Stored messages that are read at once. */
const readAtOnce = 500;

/** A part of the stored messages of a channel, ascending by id, and how many there are in all. */
export const searchTemplates = async (
  { templates }: { readonly templates: Pick<TemplateStore, 'list'> },
  { channel, search, skip, take }: TemplateSearch,
): Promise<{ rows: TemplateHead[]; total: number }> => {
  const found: TemplateHead[] = [];
  for (let cursor: string | undefined, isEnd = false; !isEnd; isEnd = cursor === undefined) {
    const page = await templates.list({ limit: readAtOnce, ...(cursor !== undefined && { cursor }) });
    found.push(...page.items.filter((head) => head.channel === channel && says(head, search)));
    cursor = page.cursor;
  }
  return { rows: found.slice(skip, skip + take), total: found.length };
};

const says = ({ name, tags = [], summary }: TemplateHead, search: string): boolean => {
  const subject = summary?.channel === 'email' ? [summary.subject] : [];
  return [name, ...subject, ...tags].some((text) => text.toLowerCase().includes(search.toLowerCase()));
};
