import { Button, Group, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { fieldList } from '../../api/contacts.ts';
import { useMay } from '../../api/session.ts';
import type { Field } from '../../api/types.ts';
import { useAct } from '../../parts/act.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { type Say, useSpeech } from '../../parts/language.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';

const types = ['textfield', 'textarea', 'number', 'decimal', 'date', 'datetime', 'combobox', 'checkboxlist'] as const;

const columnsOf = (say: Say): Column<Field>[] => [
  { id: 'name', title: say('fields.name'), cell: ({ name }) => name },
  { id: 'key', title: say('fields.key'), cell: ({ group, key }) => `${group}.${key}` },
  { id: 'type', title: say('fields.type'), cell: ({ type }) => type },
  { id: 'values', title: say('fields.values'), cell: ({ possibleValues }) => possibleValues?.join(', ') },
  { id: 'identifier', title: say('fields.identifier'), cell: ({ identifier }) => say(identifier ? 'yes' : 'no') },
  { id: 'id', title: say('contacts.id'), cell: ({ id }) => id, isNumber: true },
];

/** The custom fields, and a form for another. */
export const Fields = () => {
  const { say } = useSpeech();
  const canChange = useMay('adminChange');
  const { data, error, refetch } = useQuery(fieldList);
  return (
    <Stack>
      <ProblemNotice problem={error} onRetry={() => void refetch()} />
      <DataTable label={say('settings.fields')} columns={columnsOf(say)} rows={data?.items} keyOf={({ id }) => id} />
      {canChange && <NewField />}
    </Stack>
  );
};

const NewField = () => {
  const { say } = useSpeech();
  const [name, setName] = useState('');
  const [type, setType] = useState<(typeof types)[number]>('textfield');
  const [values, setValues] = useState('');
  const [identifier, setIdentifier] = useState(false);
  const isList = type === 'combobox' || type === 'checkboxlist';
  const create = useAct({
    run: () => {
      const possibleValues = values
        .split('\n')
        .map((value) => value.trim())
        .filter(Boolean);
      const body = { name, type, identifier, ...(isList && { possibleValues }) };
      return answerOf(api.POST('/admin/v1/fields', { body }));
    },
    told: () => say('fields.created'),
    onDone: () => setName(''),
    isQuiet: true,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack maw="30rem">
        <Group grow>
          <TextInput
            label={say('fields.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
          />
          <Select
            label={say('fields.type')}
            data={[...types]}
            value={type}
            onChange={(chosen) => chosen && setType(chosen as (typeof types)[number])}
            allowDeselect={false}
          />
        </Group>
        {isList && (
          <Textarea
            label={say('fields.values')}
            value={values}
            onChange={(event) => setValues(event.currentTarget.value)}
            minRows={3}
            autosize
            required
          />
        )}
        <Switch
          label={say('fields.identifier')}
          checked={identifier}
          onChange={(event) => setIdentifier(event.currentTarget.checked)}
          disabled={isList || type === 'textarea'}
        />
        <ProblemNotice problem={create.error} />
        <Group>
          <Button type="submit" loading={create.isPending}>
            {say('fields.new')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
