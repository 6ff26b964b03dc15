import { Badge, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { useMay } from '../../api/session.ts';
import type { Segment } from '../../api/types.ts';
import { useAct } from '../../parts/act.tsx';
import { pick, useAddress } from '../../parts/address.ts';
import { Ask } from '../../parts/ask.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Heading } from '../../parts/heading.tsx';
import { type Say, useSpeech } from '../../parts/language.tsx';
import { ListFrame } from '../../parts/list-frame.tsx';
import { Place } from '../../parts/place.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';

const segmentsPage = (query: { cursor?: string }) =>
  queryOptions({
    queryKey: ['segments', query],
    queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/segments', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

const columnsOf = (say: Say, canChange: boolean): Column<Segment>[] => [
  {
    id: 'name',
    title: say('segments.name'),
    cell: ({ id, name }) => (
      <Place to="/contacts" search={{ segmentId: String(id) }}>
        {name}
      </Place>
    ),
  },
  {
    id: 'members',
    title: say('segments.members'),
    cell: ({ memberCount }) => memberCount?.toLocaleString(),
    isNumber: true,
  },
  {
    id: 'type',
    title: say('segments.type'),
    cell: ({ type, categoryKey }) => (
      <Group gap="xs">
        {type}
        {categoryKey !== undefined && <Badge>{say('segments.category')}</Badge>}
      </Group>
    ),
  },
  ...(canChange
    ? [{ id: 'do', title: '', cell: (segment: Segment) => <SegmentActions segment={segment} /> } as const]
    : []),
];

/** Segments with their sizes. */
export const SegmentList = () => {
  const { say } = useSpeech();
  const [address] = useAddress();
  const canChange = useMay('adminChange');
  const [isNew, setNew] = useState(false);
  const { data, error, refetch } = useQuery(segmentsPage(pick(address, ['cursor'])));
  const begin = canChange && <Button onClick={() => setNew(true)}>{say('segments.new')}</Button>;
  return (
    <>
      <Heading title={say('segments.title')}>{begin}</Heading>
      <ListFrame
        problem={error}
        onRetry={() => void refetch()}
        isEmpty={data?.items.length === 0 || (error !== null && !data)}
        emptyText={say('segments.empty')}
        emptyAction={begin}
        cursor={data?.cursor}
      >
        <DataTable
          label={say('segments.title')}
          columns={columnsOf(say, canChange)}
          rows={data?.items}
          keyOf={({ id }) => id}
        />
      </ListFrame>
      <NameForm isOpen={isNew} onClose={() => setNew(false)} />
    </>
  );
};

const SegmentActions = ({ segment }: { readonly segment: Segment }) => {
  const { say } = useSpeech();
  const [asking, setAsking] = useState<'rename' | 'empty' | 'delete'>();
  const close = () => setAsking(undefined);
  const { id, name, memberCount = 0, categoryKey } = segment;
  const empty = useAct({
    run: () => answerOf(api.POST('/api/v1/group/{id}/contacts/detach', { params: { path: { id } }, parseAs: 'text' })),
    told: () => say('segments.changed'),
    onDone: close,
  });
  const remove = useAct({
    run: () => answerOf(api.DELETE('/admin/v1/segments/{id}', { params: { path: { id } }, parseAs: 'text' })),
    told: () => say('segments.changed'),
    onDone: close,
  });
  return (
    <Group gap={4} wrap="nowrap">
      {categoryKey === undefined && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => setAsking('rename')}
          aria-label={`${say('do.rename')}: ${name}`}
        >
          {say('do.rename')}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() => setAsking('empty')}
        aria-label={`${say('segments.emptyIt')}: ${name}`}
      >
        {say('segments.emptyIt')}
      </Button>
      {categoryKey === undefined && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          onClick={() => setAsking('delete')}
          aria-label={`${say('do.delete')}: ${name}`}
        >
          {say('do.delete')}
        </Button>
      )}
      <NameForm isOpen={asking === 'rename'} onClose={close} segment={segment} />
      <Ask
        question={asking === 'empty' ? say('segments.emptyIt.ask', { n: memberCount, name }) : undefined}
        yes={say('segments.emptyIt')}
        onYes={() => empty.mutate()}
        onClose={close}
        isBusy={empty.isPending}
      />
      <Ask
        question={asking === 'delete' ? say('segments.delete.ask', { name }) : undefined}
        yes={say('do.delete')}
        onYes={() => remove.mutate()}
        onClose={close}
        isBusy={remove.isPending}
      />
    </Group>
  );
};

interface NameFormProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** The segment to rename; absent: a new one. */
  readonly segment?: Segment;
}

const NameForm = ({ isOpen, onClose, segment }: NameFormProps) => {
  const { say } = useSpeech();
  const [name, setName] = useState(segment?.name ?? '');
  const put = useAct({
    run: () => {
      const body = { name };
      return segment === undefined
        ? answerOf(api.POST('/admin/v1/segments', { body }))
        : answerOf(api.PUT('/admin/v1/segments/{id}', { params: { path: { id: segment.id } }, body }));
    },
    told: () => say('segments.changed'),
    onDone: onClose,
    isQuiet: true,
  });
  const title = segment === undefined ? say('segments.new') : say('segments.rename', { name: segment.name });
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': say('do.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          put.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={say('segments.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={100}
            required
            data-autofocus
          />
          <ProblemNotice problem={put.error} />
          <Group justify="flex-end">
            <Button type="submit" loading={put.isPending}>
              {segment === undefined ? say('do.create') : say('do.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
