import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { changeSegment, fieldList } from '../../api/contacts.ts';
import { useMay } from '../../api/session.ts';
import type { Contact } from '../../api/types.ts';
import { useAct } from '../../parts/act.tsx';
import { Facts } from '../../parts/facts.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { Place } from '../../parts/place.tsx';
import { Time } from '../../parts/time.tsx';
import { StateBadge } from './contact-columns.tsx';
import { ContactSource } from './contact-source.tsx';

/** What a contact is: its source first, its channels with their states, its segments and fields. */
export const ContactFacts = ({ contact }: { readonly contact: Contact }) => {
  const { say } = useSpeech();
  const { address } = contact;
  const { data: fields } = useQuery(fieldList);
  const nameOfField = (id: number) => fields?.items.find((field) => field.id === id)?.name ?? String(id);
  return (
    <Stack gap="md">
      <Facts
        of={[
          [say('contacts.source'), <ContactSource key="source" contact={contact} />],
          [say('contacts.state'), <StateBadge key="state" contact={contact} say={say} />],
          [say('contacts.created'), <Time key="created" at={contact.createdAt} isLong />],
          [say('contacts.updated'), <Time key="updated" at={contact.updatedAt} isLong />],
          [
            say('contacts.originCreated'),
            contact.origin?.createdAt && <Time key="originCreated" at={contact.origin.createdAt} isLong />,
          ],
          [
            say('contacts.originSubscribed'),
            contact.origin?.subscribedAt && <Time key="originSubscribed" at={contact.origin.subscribedAt} isLong />,
          ],
          [say('contacts.id'), String(contact.id)],
          [say('contacts.externalCustomerId'), contact.externalCustomerId],
          [say('contacts.languageCode'), contact.languageCode],
          [say('contacts.timeZone'), contact.timeZone],
          [
            say('contacts.address'),
            address && [address.address, address.town, address.region, address.postcode].filter(Boolean).join(', '),
          ],
        ]}
      />
      <section>
        <Title order={3} size="h5">
          {say('contacts.channels')}
        </Title>
        <Channels contact={contact} />
      </section>
      <ContactSegments contact={contact} />
      {contact.fields && contact.fields.length > 0 && (
        <section>
          <Title order={3} size="h5">
            {say('contacts.fields')}
          </Title>
          <Facts of={contact.fields.map(({ id, value }) => [nameOfField(id), value])} />
        </section>
      )}
    </Stack>
  );
};

const colors = {
  confirmed: 'teal',
  unconfirmed: 'orange',
  unsubscribed: 'red',
  spam: 'red',
  blacklisted: 'red',
} as const;

const Channels = ({ contact: { channels, emailStatus, emailStatusSince } }: { readonly contact: Contact }) => {
  const { say } = useSpeech();
  return (
    <Stack gap={4}>
      {channels.map(({ type, value }) => (
        <Group key={`${type} ${value}`} gap="xs">
          <Text size="sm" c="dimmed">
            {type}
          </Text>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
          {type === 'email' && emailStatus && (
            <Badge color={colors[emailStatus]}>{say(`contacts.status.${emailStatus}`)}</Badge>
          )}
          {type === 'email' && emailStatusSince && (
            <Text size="sm" c="dimmed">
              <Time at={emailStatusSince} />
            </Text>
          )}
        </Group>
      ))}
    </Stack>
  );
};

const ContactSegments = ({ contact }: { readonly contact: Contact }) => {
  const { say } = useSpeech();
  const canChange = useMay('adminChange');
  const remove = useAct<{ id: number; name: string }>({
    run: ({ id }) => changeSegment('detach', id, [contact.id]),
    told: (_result, { name }) => say('contacts.removedFromSegment', { name }),
    undo: (_result, { id }) => changeSegment('attach', id, [contact.id]),
  });
  return (
    <section>
      <Title order={3} size="h5">
        {say('contacts.segments')}
      </Title>
      <Group gap="xs">
        {contact.segments?.length === 0 && <Text size="sm">{say('none')}</Text>}
        {contact.segments?.map((segment) => (
          <Badge
            key={segment.id}
            size="lg"
            rightSection={
              canChange && (
                <button
                  type="button"
                  aria-label={`${say('do.remove')}: ${segment.name}`}
                  onClick={() => remove.mutate(segment)}
                  style={{ all: 'unset', cursor: 'pointer', padding: '0 0.2rem' }}
                >
                  ×
                </button>
              )
            }
          >
            <Place to="/contacts" search={{ segmentId: String(segment.id) }}>
              {segment.name}
            </Place>
          </Badge>
        ))}
      </Group>
    </section>
  );
};
