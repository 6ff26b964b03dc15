import type { Figure } from './figure.ts';
import type { Work } from './work-meter.ts';

/**
 * What must exist of a contact with e-mail, phone and one segment: the contact, two claims, the membership and its
 * entry in the segment's list. If another index must exist, add it here.
 */
const entriesPerContact = 6;
/** What must exist of an event: itself, its entries in two lists, and the pointer from its contact. */
const entriesPerEvent = 4;

/** What a bulk request of new contacts costs each of them. */
export const figuresOfNew = ({ table, use }: Work, contacts: number): Figure[] => {
  const { contact, claim, membership, bookkeeping, event, 'event pointer': pointer } = table.writes;
  const perContact = (count: number) => count / contacts;
  const units = contact.units + claim.units + membership.units + bookkeeping.units;
  return [
    {
      what: 'write units a new contact, bulk',
      value: perContact(units),
      unit: '',
      bound: { most: 1.05 * entriesPerContact },
      ceiling: { value: entriesPerContact, unit: 'items and index entries' },
      detail: `contact with index ${perContact(contact.units)}, claims ${perContact(claim.units)}, membership with index ${perContact(membership.units)}`,
    },
    {
      what: '… of these, bookkeeping of the import',
      value: perContact(bookkeeping.units),
      unit: '',
      detail: 'session, chunks, births, id leases',
    },
    {
      what: '… beside these, the event log, an event',
      value: (event.units + pointer.units) / use.events,
      unit: '',
      bound: { most: 1.01 * entriesPerEvent },
      ceiling: { value: entriesPerEvent, unit: 'items and index entries' },
    },
    {
      what: 'events a new contact',
      value: perContact(use.events),
      unit: '',
      bound: { least: 1 },
    },
    {
      what: 'DynamoDB requests a new contact, bulk',
      value: perContact(sumOf(table.requests)),
      unit: '',
      bound: { most: 0.35 },
      detail: Object.entries(table.requests)
        .map(([operation, count]) => `${operation} ${count}`)
        .join(', '),
    },
  ];
};

/** What the same request costs each contact when nothing changes. */
export const figuresOfUnchanged = ({ table, use }: Work, contacts: number): Figure[] => {
  const { contact, claim, membership, bookkeeping } = table.writes;
  return [
    {
      what: 'write units an unchanged contact',
      value: (contact.units + claim.units + membership.units) / contacts,
      unit: '',
      bound: { most: 0 },
    },
    {
      what: '… beside these, bookkeeping of the import',
      value: bookkeeping.units / contacts,
      unit: '',
    },
    { what: 'events an unchanged contact', value: use.events / contacts, unit: '', bound: { most: 0 } },
  ];
};

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
