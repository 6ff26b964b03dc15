import { Anchor, Drawer, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import type { operations } from '../../api/openapi.d.ts';
import type { ContactEvent } from '../../api/types.ts';
import { type Address, pick, useAddress } from '../../parts/address.ts';
import { CopyBlock } from '../../parts/copy-block.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Heading } from '../../parts/heading.tsx';
import { type Say, useSpeech } from '../../parts/language.tsx';
import { ListFrame } from '../../parts/list-frame.tsx';
import { Place } from '../../parts/place.tsx';
import { Time } from '../../parts/time.tsx';
import { rulePatternOf } from './rule-pattern.ts';

type EventsQuery = NonNullable<operations['listEvents']['parameters']['query']>;

const filters = ['type', 'keyValue', 'contactId', 'from', 'to'] as const;

const liveMs = 2_000;

const eventsPage = (query: EventsQuery, isLive: boolean) =>
  queryOptions({
    queryKey: ['events', query],
    queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/events', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: isLive ? liveMs : false,
  });

const queryOf = (address: Address): EventsQuery => {
  const { from, to, contactId, ...said } = pick(address, [...filters, 'cursor']);
  return {
    ...said,
    ...(Number(contactId) > 0 && { contactId: Number(contactId) }),
    ...(from !== undefined && { from: new Date(from).toISOString() }),
    ...(to !== undefined && { to: new Date(to).toISOString() }),
  };
};

const columnsOf = (say: Say, open: (event: ContactEvent) => void): Column<ContactEvent>[] => [
  {
    id: 'type',
    title: say('events.type'),
    cell: (event) => (
      <Anchor component="button" type="button" inherit ta="left" onClick={() => open(event)}>
        {event.eventTypeKey}
      </Anchor>
    ),
  },
  { id: 'key', title: say('events.key'), cell: ({ keyValue }) => keyValue },
  {
    id: 'contact',
    title: say('events.contact'),
    cell: ({ contactId }) =>
      contactId !== undefined && <Place to={`/contacts/${contactId}`}>{String(contactId)}</Place>,
  },
  { id: 'when', title: say('events.when'), cell: ({ occurredAt }) => <Time at={occurredAt} isLong /> },
];

/** What happened, the latest first, as it happens where it is followed. */
export const EventLog = () => {
  const { say } = useSpeech();
  const [address, change] = useAddress();
  const [shown, show] = useState<ContactEvent>();
  const isLive = address.live === 'true' && address.cursor === undefined;
  const { data, error, refetch } = useQuery(eventsPage(queryOf(address), isLive));
  return (
    <>
      <Heading title={say('events.title')}>
        <Switch
          label={say('events.live')}
          checked={address.live === 'true'}
          onChange={(event) =>
            change({ live: event.currentTarget.checked ? 'true' : undefined, cursor: undefined }, { replace: true })
          }
        />
      </Heading>
      <EventFilters />
      <ListFrame
        problem={error}
        onRetry={() => void refetch()}
        isEmpty={data?.items.length === 0 || (error !== null && !data)}
        emptyText={say('events.empty')}
        filters={filters}
        cursor={data?.cursor}
      >
        <DataTable
          label={say('events.title')}
          columns={columnsOf(say, show)}
          rows={data?.items}
          keyOf={({ eventId, occurredAt }) => `${eventId} ${occurredAt}`}
        />
      </ListFrame>
      <Drawer
        opened={shown !== undefined}
        onClose={() => show(undefined)}
        position="right"
        size="lg"
        title={shown?.eventTypeKey}
        closeButtonProps={{ 'aria-label': say('do.close') }}
      >
        {shown && (
          <Stack>
            <CopyBlock title={say('events.event')} text={JSON.stringify(shown, null, 2)} />
            <CopyBlock title={say('events.pattern')} text={JSON.stringify(rulePatternOf(shown), null, 2)} />
            <Text size="sm" c="dimmed">
              {say('events.pattern.hint')}
            </Text>
          </Stack>
        )}
      </Drawer>
    </>
  );
};

const waitMs = 300;

const EventFilters = () => {
  const { say } = useSpeech();
  const [address, change] = useAddress();
  const [texts, setTexts] = useState<Address>(pick(address, filters));
  const look = useDebouncedCallback((members: Address) => change({ ...members, cursor: undefined }), waitMs);
  const field = (name: (typeof filters)[number], label: string, type: string) => (
    <TextInput
      type={type}
      label={label}
      value={texts[name] ?? ''}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTexts({ ...texts, [name]: text });
        look({ [name]: text === '' ? undefined : text });
      }}
      w={type === 'datetime-local' ? 200 : 160}
    />
  );
  return (
    <Group mb="md" gap="xs">
      {field('type', say('events.type'), 'search')}
      {field('keyValue', say('events.key'), 'text')}
      {field('contactId', say('events.contact'), 'text')}
      {field('from', say('list.from'), 'datetime-local')}
      {field('to', say('list.to'), 'datetime-local')}
    </Group>
  );
};
