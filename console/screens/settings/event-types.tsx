import { Button, Group, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import type { components } from '../../api/openapi.d.ts';
import { useMay } from '../../api/session.ts';
import { useAct } from '../../parts/act.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { type Say, useSpeech } from '../../parts/language.tsx';
import { ListFrame } from '../../parts/list-frame.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { Removing } from './removing.tsx';

type EventType = components['schemas']['EventType'];

const eventTypeList = queryOptions({
  queryKey: ['event-types'],
  queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/event-types', { signal })),
});

const columnsOf = (say: Say, canChange: boolean): Column<EventType>[] => [
  { id: 'key', title: say('eventTypes.key'), cell: ({ key }) => key },
  {
    id: 'params',
    title: say('eventTypes.params'),
    cell: ({ params }) => params.map(({ name, required }) => (required ? `${name}*` : name)).join(', '),
  },
  { id: 'validate', title: say('eventTypes.validated'), cell: ({ validate }) => say(validate ? 'yes' : 'no') },
  ...(canChange
    ? [
        {
          id: 'do',
          title: '',
          cell: ({ key }: EventType) => (
            <Removing
              name={key}
              question={say('eventTypes.remove.ask', { name: key })}
              onRemove={() =>
                answerOf(
                  api.DELETE('/admin/v1/event-types/{eventTypeKey}', {
                    params: { path: { eventTypeKey: key } },
                    parseAs: 'text',
                  }),
                )
              }
            />
          ),
        },
      ]
    : []),
];

/** The types of events that are defined, and a form for another. */
export const EventTypes = () => {
  const { say } = useSpeech();
  const canChange = useMay('adminChange');
  const { data, error, refetch } = useQuery(eventTypeList);
  return (
    <Stack>
      <ListFrame
        problem={error}
        onRetry={() => void refetch()}
        isEmpty={data?.items.length === 0 || (error !== null && !data)}
        emptyText={say('eventTypes.empty')}
      >
        <DataTable
          label={say('settings.eventTypes')}
          columns={columnsOf(say, canChange)}
          rows={data?.items}
          keyOf={({ key }) => key}
        />
      </ListFrame>
      {canChange && <NewEventType />}
    </Stack>
  );
};

/** Parameters, one a line; a star behind a name makes it required. */
const paramsIn = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => ({ name: line.replace(/\*$/, '').trim(), required: line.endsWith('*') }));

const NewEventType = () => {
  const { say } = useSpeech();
  const [key, setKey] = useState('');
  const [params, setParams] = useState('');
  const [validate, setValidate] = useState(true);
  const define = useAct({
    run: () =>
      answerOf(
        api.PUT('/admin/v1/event-types/{eventTypeKey}', {
          params: { path: { eventTypeKey: key } },
          body: { validate, params: paramsIn(params) },
        }),
      ),
    told: () => say('segments.changed'),
    onDone: () => setKey(''),
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
        <TextInput
          label={say('eventTypes.key')}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          required
          maxLength={100}
        />
        <Textarea
          label={say('eventTypes.paramNames')}
          value={params}
          onChange={(event) => setParams(event.currentTarget.value)}
          autosize
          minRows={3}
        />
        <Switch
          label={say('eventTypes.validated')}
          checked={validate}
          onChange={(event) => setValidate(event.currentTarget.checked)}
        />
        <ProblemNotice problem={define.error} />
        <Group>
          <Button type="submit" loading={define.isPending}>
            {say('eventTypes.new')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
