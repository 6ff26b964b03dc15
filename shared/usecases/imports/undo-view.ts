import type { Contact } from '#domain/contacts/contact.ts';
import type { ContactStore } from '#domain/contacts/ports.ts';
import type { UndoNotes } from '#domain/imports/ports.ts';
import type { Layer, NotedLayer, UndoNote } from '#domain/imports/undo.ts';
import type { SegmentEpoch } from '#domain/segments/segment.ts';
import type { LayerReader } from './undo-layers.ts';

export interface UndoViewPorts {
  readonly contacts: Pick<ContactStore, 'readContacts'>;
  readonly undoNotes: Pick<UndoNotes, 'listOf'>;
}

/** Which import is undone, and where what it wrote is. */
export interface UndoneImport {
  readonly sessionId: string;
  /** When the import was made. */
  readonly createdAt: string;
  /** The chunks that wrote a contact beside creating it. */
  readonly places: ReadonlyMap<number, readonly number[]>;
  readonly layers: LayerReader;
}

/** What the plan of a contact's undo stands on. */
export interface UndoView {
  /** As it is now; absent if there is none. */
  readonly contact: Contact | undefined;
  /** Those of the segments that the layers name in which it is now. */
  readonly memberships: readonly SegmentEpoch[];
  readonly own: readonly Layer[];
  readonly noted: readonly NotedLayer[];
  /** The notes of other imports' undos. */
  readonly notes: readonly UndoNote[];
  /** Whether this undo has left its note. */
  readonly isNoted: boolean;
}

/**
 * Reads a contact after the notes about it: two undos at once each leave a note before they read, so that one of them
 * knows of the other.
 */
export const readUndoView = async (
  { contacts, undoNotes }: UndoViewPorts,
  work: UndoneImport,
  contactId: number,
): Promise<UndoView> => {
  const [own, left] = await Promise.all([
    work.layers.layersOf(contactId, work.sessionId, work.places.get(contactId) ?? []),
    undoNotes.listOf(contactId),
  ]);
  const notes = notesOfOthers(left, work);
  const noted = await layersOfNotes(work.layers, notes);
  const named = [...own, ...noted].flatMap(({ joined, left }) => [...joined, ...left]);
  const read = await contacts.readContacts([contactId], distinct(named, contactId));
  const isNoted = left.some(({ sessionId }) => sessionId === work.sessionId);
  return { contact: read.contacts[0], memberships: read.memberships, own, noted, notes, isNoted };
};

/** Whether undos of other imports left notes that a plan does not know. */
export const isOutdated = async (
  { undoNotes }: Pick<UndoViewPorts, 'undoNotes'>,
  work: UndoneImport,
  { contactId, notes }: { readonly contactId: number; readonly notes: readonly UndoNote[] },
): Promise<boolean> => {
  const known = new Set(notes.map(({ sessionId }) => sessionId));
  return notesOfOthers(await undoNotes.listOf(contactId), work).some(({ sessionId }) => !known.has(sessionId));
};

/** What was undone before this import came has nothing to do with it. */
const notesOfOthers = (notes: readonly UndoNote[], { sessionId, createdAt }: UndoneImport): UndoNote[] =>
  notes.filter((note) => note.sessionId !== sessionId && createdAt <= note.undoneAt);

const layersOfNotes = async (layers: LayerReader, notes: readonly UndoNote[]): Promise<NotedLayer[]> =>
  (
    await Promise.all(
      notes.map(async ({ contactId, sessionId, chunks, undoneAt }) =>
        (await layers.layersOf(contactId, sessionId, chunks)).map((layer) => ({ ...layer, undoneAt })),
      ),
    )
  ).flat();

const distinct = (epochs: readonly SegmentEpoch[], contactId: number) => [
  ...new Map(epochs.map((epoch) => [`${epoch.segmentId}#${epoch.epoch}`, { ...epoch, contactId }])).values(),
];
