import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { messagesOf } from '../../api/contacts.ts';
import type { components } from '../../api/openapi.d.ts';
import { type Address, pick, useAddress } from '../../parts/address.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { type Say, useSpeech } from '../../parts/language.tsx';
import { ListFrame } from '../../parts/list-frame.tsx';
import { Place } from '../../parts/place.tsx';
import { Time } from '../../parts/time.tsx';

type SentMessage = components['schemas']['SentMessage'];
type Activity = components['schemas']['ContactActivities'][number];

const rowsAPage = 50;

/** Messages of which something was heard in a range of time, by that time. */
const activityPage = (query: { dateFrom?: string; dateTo?: string; offset?: string }) =>
  queryOptions({
    queryKey: ['activity', query],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v2/contacts/activity', { params: { query: { ...query, maxrows: rowsAPage } }, signal })),
    placeholderData: keepPreviousData,
  });

const statusOf = (status: string, reason: string | undefined): string => [status, reason].filter(Boolean).join(': ');

const activityColumns = (say: Say): Column<Activity>[] => [
  { id: 'when', title: say('events.when'), cell: ({ activityDateTime }) => <Time at={activityDateTime} isLong /> },
  {
    id: 'contact',
    title: say('events.contact'),
    cell: ({ contactId, email, sms }) => (
      <Place to={`/contacts/${contactId}`}>{email ?? sms ?? String(contactId)}</Place>
    ),
  },
  {
    id: 'message',
    title: say('messages.name'),
    cell: ({ messageId, messageName }) =>
      messageId !== undefined && <Place to={`/messages/${messageId}`}>{messageName ?? String(messageId)}</Place>,
  },
  { id: 'channel', title: say('messages.channel'), cell: ({ mediaType }) => mediaType },
  {
    id: 'status',
    title: say('messages.status'),
    cell: ({ activityStatus, statusDescription }) => statusOf(activityStatus, statusDescription),
  },
];

const sentColumns = (say: Say): Column<SentMessage>[] => [
  { id: 'when', title: say('events.when'), cell: ({ createdAt }) => <Time at={createdAt} isLong /> },
  { id: 'channel', title: say('messages.channel'), cell: ({ channel }) => channel },
  { id: 'status', title: say('messages.status'), cell: ({ status, reason }) => statusOf(status, reason) },
];

const filters = ['from', 'to', 'contactId'] as const;

/** Messages that were sent, with what became of them: to everybody by time, or to one contact. */
export const SentMessages = () => {
  const [address] = useAddress();
  const contactId = Number(address.contactId);
  return (
    <Stack>
      <SentFilters />
      {contactId > 0 ? <SentToOne contactId={contactId} /> : <SentToAll />}
    </Stack>
  );
};

const waitMs = 300;

const SentFilters = () => {
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
        const text = event.currentTarget.value.trim();
        setTexts({ ...texts, [name]: text });
        look({ [name]: text === '' ? undefined : text });
      }}
      w={200}
    />
  );
  return (
    <Group gap="xs">
      {field('from', say('list.from'), 'datetime-local')}
      {field('to', say('list.to'), 'datetime-local')}
      {field('contactId', say('messages.sent.ask'), 'text')}
    </Group>
  );
};

const moment = (text: string): string => new Date(text).toISOString();

const SentToAll = () => {
  const { say } = useSpeech();
  const [{ from, to, cursor }] = useAddress();
  const range = { ...(from && { dateFrom: moment(from) }), ...(to && { dateTo: moment(to) }) };
  const { data, error, refetch } = useQuery(activityPage({ ...range, ...(cursor && { offset: cursor }) }));
  const last = data?.at(-1)?.offset;
  // The answer does not say whether it is the last one, so that the one after it is asked for, too.
  const next = useQuery({ ...activityPage({ ...range, offset: last ?? '' }), enabled: last !== undefined });
  return (
    <ListFrame
      problem={error}
      onRetry={() => void refetch()}
      isEmpty={data?.length === 0 || (error !== null && !data)}
      emptyText={say('messages.sent.none')}
      filters={filters}
      cursor={next.data?.length ? last : undefined}
    >
      <Text size="sm" c="dimmed">
        {say('messages.sent.order')}
      </Text>
      <DataTable label={say('messages.sent')} columns={activityColumns(say)} rows={data} keyOf={({ iid }) => iid} />
    </ListFrame>
  );
};

const SentToOne = ({ contactId }: { readonly contactId: number }) => {
  const { say } = useSpeech();
  const { data, error, refetch } = useQuery(messagesOf(contactId));
  return (
    <ListFrame
      problem={error}
      onRetry={() => void refetch()}
      isEmpty={data?.items.length === 0 || (error !== null && !data)}
      emptyText={say('messages.sent.empty')}
    >
      <DataTable
        label={say('messages.sent')}
        columns={sentColumns(say)}
        rows={data?.items}
        keyOf={({ requestId }) => requestId}
      />
    </ListFrame>
  );
};
