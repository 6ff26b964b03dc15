import { Tabs } from '@mantine/core';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { components } from '../../api/openapi.d.ts';
import { useMay } from '../../api/session.ts';
import { pick, useAddress } from '../../parts/address.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Heading } from '../../parts/heading.tsx';
import { type Say, useSpeech } from '../../parts/language.tsx';
import { ListFrame } from '../../parts/list-frame.tsx';
import { Place, PlaceButton } from '../../parts/place.tsx';
import { Time } from '../../parts/time.tsx';
import { SentMessages } from './sent-messages.tsx';

type MessageHead = components['schemas']['StoredMessageHead'];

const messagesPage = (query: { cursor?: string }) =>
  queryOptions({
    queryKey: ['templates', query],
    queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/messages', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

const columnsOf = (say: Say): Column<MessageHead>[] => [
  {
    id: 'name',
    title: say('messages.name'),
    cell: ({ id, name }) => <Place to={`/messages/${id}`}>{name}</Place>,
  },
  { id: 'channel', title: say('messages.channel'), cell: ({ channel }) => channel },
  { id: 'id', title: say('contacts.id'), cell: ({ id }) => id, isNumber: true },
  { id: 'updated', title: say('contacts.updated'), cell: ({ updatedAt }) => <Time at={updatedAt} /> },
];

/** Stored messages, and those that were sent. */
export const MessageList = () => {
  const { say } = useSpeech();
  const [address, change] = useAddress();
  const canChange = useMay('adminChange');
  const begin = canChange && <PlaceButton to="/messages/new">{say('messages.new')}</PlaceButton>;
  return (
    <>
      <Heading title={say('messages.title')}>{begin}</Heading>
      <Tabs
        keepMounted={false}
        value={address.tab ?? 'stored'}
        onChange={(tab) => change({ tab: tab ?? undefined, cursor: undefined })}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="stored">{say('messages.title')}</Tabs.Tab>
          <Tabs.Tab value="sent">{say('messages.sent')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="stored">
          <Stored begin={begin} />
        </Tabs.Panel>
        <Tabs.Panel value="sent">
          <SentMessages />
        </Tabs.Panel>
      </Tabs>
    </>
  );
};

const Stored = ({ begin }: { readonly begin: React.ReactNode }) => {
  const { say } = useSpeech();
  const [address] = useAddress();
  const { data, error, refetch } = useQuery(messagesPage(pick(address, ['cursor'])));
  return (
    <ListFrame
      problem={error}
      onRetry={() => void refetch()}
      isEmpty={data?.items.length === 0 || (error !== null && !data)}
      emptyText={say('messages.empty')}
      emptyAction={begin}
      cursor={data?.cursor}
    >
      <DataTable label={say('messages.title')} columns={columnsOf(say)} rows={data?.items} keyOf={({ id }) => id} />
    </ListFrame>
  );
};
