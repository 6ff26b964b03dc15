import { Button, Group, Stack, TextInput } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import type { components } from '../../api/openapi.d.ts';
import { useMay } from '../../api/session.ts';
import { useAct } from '../../parts/act.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { type Say, useSpeech } from '../../parts/language.tsx';
import { ListFrame } from '../../parts/list-frame.tsx';
import { Place } from '../../parts/place.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { Removing } from './removing.tsx';

type Category = components['schemas']['Category'];

const categoryList = queryOptions({
  queryKey: ['categories'],
  queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/subscriptions', { signal })),
});

const columnsOf = (say: Say, canChange: boolean): Column<Category>[] => [
  { id: 'key', title: say('categories.key'), cell: ({ key }) => key },
  {
    id: 'name',
    title: say('categories.name'),
    cell: ({ name, segmentId }) => (
      <Place to="/contacts" search={{ segmentId: String(segmentId) }}>
        {name}
      </Place>
    ),
  },
  ...(canChange
    ? [
        {
          id: 'do',
          title: '',
          cell: ({ key, name }: Category) => (
            <Removing
              name={name}
              question={say('categories.remove.ask', { name })}
              onRemove={() =>
                answerOf(api.DELETE('/admin/v1/subscriptions/{key}', { params: { path: { key } }, parseAs: 'text' }))
              }
            />
          ),
        },
      ]
    : []),
];

/** The subscription categories, and a form for another. */
export const Categories = () => {
  const { say } = useSpeech();
  const canChange = useMay('adminChange');
  const { data, error, refetch } = useQuery(categoryList);
  return (
    <Stack>
      <ListFrame
        problem={error}
        onRetry={() => void refetch()}
        isEmpty={data?.items.length === 0 || (error !== null && !data)}
        emptyText={say('categories.empty')}
      >
        <DataTable
          label={say('settings.subscriptions')}
          columns={columnsOf(say, canChange)}
          rows={data?.items}
          keyOf={({ key }) => key}
        />
      </ListFrame>
      {canChange && <NewCategory />}
    </Stack>
  );
};

const NewCategory = () => {
  const { say } = useSpeech();
  const [key, setKey] = useState('');
  const [name, setName] = useState('');
  const define = useAct({
    run: () => answerOf(api.PUT('/admin/v1/subscriptions/{key}', { params: { path: { key } }, body: { name } })),
    told: () => say('segments.changed'),
    onDone: () => {
      setKey('');
      setName('');
    },
    isQuiet: true,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        define.mutate();
      }}
    >
      <Stack maw="30rem">
        <Group grow>
          <TextInput
            label={say('categories.key')}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            required
            maxLength={60}
          />
          <TextInput
            label={say('categories.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            maxLength={100}
          />
        </Group>
        <ProblemNotice problem={define.error} />
        <Group>
          <Button type="submit" loading={define.isPending}>
            {say('categories.new')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
