import type { ContactEvent } from '../events/event.ts';
import type { ImportUndo } from './undone-rows.ts';

/** The event of an import that was undone to its end. */
export const importUndoneEvent = (
  sessionId: string,
  counts: ImportUndo['counts'],
  occurredAt: string,
): ContactEvent => ({
  eventId: `importUndone:${sessionId}`,
  eventTypeKey: 'importUndone',
  keyValue: sessionId,
  params: { sessionId, ...counts },
  occurredAt,
});

/** The event of a contact that went when the import was undone that had created it; it says nothing of the person. */
export const contactRemovedEvent = (contactId: number, sessionId: string, occurredAt: string): ContactEvent => ({
  eventId: `contactRemoved:${contactId}`,
  eventTypeKey: 'contactRemoved',
  keyValue: String(contactId),
  contactId,
  params: { contactId, sessionId },
  occurredAt,
});
