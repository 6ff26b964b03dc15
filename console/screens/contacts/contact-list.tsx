import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { contactsPage } from '../../api/contacts.ts';
import { useMay } from '../../api/session.ts';
import { useAddress } from '../../parts/address.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Heading } from '../../parts/heading.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { ListFrame } from '../../parts/list-frame.tsx';
import { PlaceButton } from '../../parts/place.tsx';
import { contactColumns, usualColumns } from './contact-columns.tsx';
import { ContactExport } from './contact-export.tsx';
import { ContactFilters } from './contact-filters.tsx';
import { nameOf } from './contact-name.ts';
import { contactFilters, contactsQueryOf } from './contacts-query.ts';
import { PickedContacts } from './picked-contacts.tsx';

/** All contacts, and beside them the one that is viewed. */
export const ContactList = () => {
  const { say } = useSpeech();
  const [address] = useAddress();
  const { contactId } = useParams({ strict: false }) as { contactId?: string };
  const canChange = useMay('adminChange');
  const [picked, pickContacts] = useState<ReadonlySet<number>>(new Set());
  const { data, error, refetch } = useQuery(contactsPage(contactsQueryOf(address)));
  const chosen = address.columns?.split(',') ?? usualColumns;
  const columns = contactColumns(say, address).filter(({ id }) => chosen.includes(id));
  return (
    <>
      <Heading title={say('contacts.title')}>
        <ContactExport />
        {canChange && <PlaceButton to="/imports/new">{say('contacts.import')}</PlaceButton>}
      </Heading>
      <ContactFilters />
      {picked.size > 0 && <PickedContacts ids={[...picked]} onDone={() => pickContacts(new Set())} />}
      <ListFrame
        problem={error}
        onRetry={() => void refetch()}
        isEmpty={data?.items.length === 0 || (error !== null && !data)}
        emptyText={say('contacts.empty')}
        emptyAction={canChange && <PlaceButton to="/imports/new">{say('contacts.import')}</PlaceButton>}
        filters={contactFilters}
        cursor={data?.cursor}
      >
        <DataTable
          label={say('contacts.title')}
          columns={columns}
          rows={data?.items}
          keyOf={({ id }) => id}
          nameOf={(contact) => nameOf(contact, say)}
          current={contactId === undefined ? undefined : Number(contactId)}
          picking={canChange ? { picked, pick: pickContacts } : undefined}
        />
      </ListFrame>
      <Outlet />
    </>
  );
};
