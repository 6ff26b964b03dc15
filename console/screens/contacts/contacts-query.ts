import type { ContactsQuery } from '../../api/contacts.ts';
import { type Address, pick } from '../../parts/address.ts';

/** The members of the address that choose contacts. */
export const contactFilters = [
  'search',
  'source',
  'segmentId',
  'state',
  'createdFrom',
  'createdTo',
  'updatedFrom',
  'updatedTo',
] as const;

/** The days of an address as times of the reader's zone: a day ends where the next one begins. */
const timesOf = (address: Address): Address => {
  const start = (day: string | undefined) => day && new Date(`${day}T00:00:00`).toISOString();
  const end = (day: string | undefined) => day && new Date(`${day}T23:59:59.999`).toISOString();
  return {
    createdFrom: start(address.createdFrom),
    createdTo: end(address.createdTo),
    updatedFrom: start(address.updatedFrom),
    updatedTo: end(address.updatedTo),
  };
};

/** What the API is asked for by an address. */
export const contactsQueryOf = (address: Address): ContactsQuery => {
  const said = { ...pick(address, [...contactFilters, 'order', 'cursor']), ...timesOf(address) };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as ContactsQuery;
};
