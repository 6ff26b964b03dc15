import { Drawer, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { contactOf } from '../../api/contacts.ts';
import { useMay } from '../../api/session.ts';
import { useAddress } from '../../parts/address.ts';
import { useSpeech } from '../../parts/language.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { ContactActions } from './contact-actions.tsx';
import { ContactEdit } from './contact-edit.tsx';
import { ContactFacts } from './contact-facts.tsx';
import { nameOf } from './contact-name.ts';
import { ContactTimeline } from './contact-timeline.tsx';

/** A contact beside the list: everything that is known of it. */
export const ContactView = () => {
  const { say } = useSpeech();
  const { contactId } = useParams({ strict: false }) as { contactId: string };
  const [address] = useAddress();
  const navigate = useNavigate();
  const [isEditing, setEditing] = useState(false);
  const canChange = useMay('adminChange');
  const { data: contact, error, refetch } = useQuery(contactOf(Number(contactId)));
  const close = () => void navigate({ to: '/contacts', search: address } as never);
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      title={contact ? nameOf(contact, say) : say('contacts.view')}
      closeButtonProps={{ 'aria-label': say('do.close') }}
      styles={{ title: { fontWeight: 700, overflowWrap: 'anywhere', unicodeBidi: 'plaintext' } }}
    >
      <ProblemNotice problem={error} onRetry={() => void refetch()} />
      {!contact && !error && <Skeleton height={200} />}
      {contact && !isEditing && (
        <Stack>
          {canChange && <ContactActions contact={contact} onEdit={() => setEditing(true)} onGone={close} />}
          <ContactFacts contact={contact} />
          <ContactTimeline contactId={contact.id} />
        </Stack>
      )}
      {contact && isEditing && <ContactEdit contact={contact} onClose={() => setEditing(false)} />}
    </Drawer>
  );
};
