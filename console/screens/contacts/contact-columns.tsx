import { Badge } from '@mantine/core';
import type { Contact } from '../../api/types.ts';
import type { Address } from '../../parts/address.ts';
import type { Column } from '../../parts/data-table.tsx';
import type { Say } from '../../parts/language.tsx';
import { Place } from '../../parts/place.tsx';
import { Time } from '../../parts/time.tsx';
import { channelOf, nameOf } from './contact-name.ts';

/** The columns that are shown where nobody chose. */
export const usualColumns = ['name', 'email', 'sms', 'source', 'state', 'createdAt'];

/** Every column that the list of contacts can have. */
export const contactColumns = (say: Say, address: Address): Column<Contact>[] => [
  {
    id: 'name',
    title: say('contacts.name'),
    cell: (contact) => (
      <Place to={`/contacts/${contact.id}`} search={address}>
        {nameOf(contact, say)}
      </Place>
    ),
  },
  { id: 'email', title: say('contacts.email'), cell: (contact) => channelOf(contact, 'email') },
  { id: 'sms', title: say('contacts.sms'), cell: (contact) => channelOf(contact, 'sms') },
  { id: 'source', title: say('contacts.source'), cell: ({ sourceLabel }) => sourceLabel },
  { id: 'state', title: say('contacts.state'), cell: (contact) => <StateBadge contact={contact} say={say} /> },
  {
    id: 'externalCustomerId',
    title: say('contacts.externalCustomerId'),
    cell: ({ externalCustomerId }) => externalCustomerId,
  },
  { id: 'createdAt', title: say('contacts.created'), cell: ({ createdAt }) => <Time at={createdAt} /> },
  { id: 'updatedAt', title: say('contacts.updated'), cell: ({ updatedAt }) => <Time at={updatedAt} /> },
  {
    id: 'originCreatedAt',
    title: say('contacts.originCreated'),
    cell: ({ origin }) => origin?.createdAt && <Time at={origin.createdAt} />,
  },
  {
    id: 'originSubscribedAt',
    title: say('contacts.originSubscribed'),
    cell: ({ origin }) => origin?.subscribedAt && <Time at={origin.subscribedAt} />,
  },
  { id: 'languageCode', title: say('contacts.languageCode'), cell: ({ languageCode }) => languageCode },
  { id: 'id', title: say('contacts.id'), cell: ({ id }) => id, isNumber: true },
];

/** Whether a contact can be written to, or was deleted. */
export const StateBadge = ({ contact, say }: { readonly contact: Contact; readonly say: Say }) => {
  if (contact.state === 'deleted') return <Badge color="gray">{say('contacts.state.deleted')}</Badge>;
  const { emailStatus = 'confirmed' } = contact;
  if (emailStatus === 'confirmed') return <Badge color="teal">{say('contacts.state.active')}</Badge>;
  return (
    <Badge color={emailStatus === 'unconfirmed' ? 'orange' : 'red'}>{say(`contacts.status.${emailStatus}`)}</Badge>
  );
};
