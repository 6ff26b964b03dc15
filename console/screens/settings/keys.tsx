import { Alert, Badge, Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiKey, createKey, keyList, revokeKey, type Scope, scopes } from '../../api/keys.ts';
import { useAct } from '../../parts/act.tsx';
import { CopyBlock } from '../../parts/copy-block.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { type Say, useSpeech } from '../../parts/language.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { Time } from '../../parts/time.tsx';
import { Removing } from './removing.tsx';

const columnsOf = (say: Say): Column<ApiKey>[] => [
  {
    id: 'name',
    title: say('keys.name'),
    cell: ({ name, isYours }) => (
      <Group gap="xs">
        {name}
        {isYours && <Badge>{say('keys.yours')}</Badge>}
      </Group>
    ),
  },
  { id: 'scope', title: say('keys.scope'), cell: ({ scope }) => scope },
  { id: 'created', title: say('keys.created'), cell: ({ createdAt }) => <Time at={createdAt} /> },
  { id: 'used', title: say('keys.lastUsed'), cell: ({ lastUsedAt }) => <Time at={lastUsedAt} /> },
  {
    id: 'do',
    title: '',
    cell: ({ id, name, isYours }) =>
      !isYours && (
        <Removing
          name={name}
          yes={say('keys.revoke')}
          question={say('keys.revoke.ask', { name })}
          onRemove={() => revokeKey(id)}
        />
      ),
  },
];

/** The API keys, and a form for another, which is shown this once. */
export const Keys = () => {
  const { say } = useSpeech();
  const { data, error, refetch } = useQuery(keyList);
  return (
    <Stack>
      <ProblemNotice problem={error} onRetry={() => void refetch()} />
      <DataTable label={say('settings.keys')} columns={columnsOf(say)} rows={data?.items} keyOf={({ id }) => id} />
      <NewKey />
    </Stack>
  );
};

const NewKey = () => {
  const { say } = useSpeech();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<Scope>('viewer');
  const create = useAct({ run: () => createKey(name, scope), onDone: () => setName(''), isQuiet: true });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack maw="36rem">
        <Group grow align="flex-start">
          <TextInput
            label={say('keys.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            maxLength={100}
          />
          <Select
            label={say('keys.scope')}
            description={say(`scope.${scope}`)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={[...scopes]}
            value={scope}
            onChange={(chosen) => chosen && setScope(chosen as Scope)}
            allowDeselect={false}
          />
        </Group>
        <ProblemNotice problem={create.error} />
        <Group>
          <Button type="submit" loading={create.isPending}>
            {say('keys.new')}
          </Button>
        </Group>
        {create.data && (
          <Alert color="teal" role="status">
            <CopyBlock title={say('keys.once')} text={create.data.key} />
          </Alert>
        )}
      </Stack>
    </form>
  );
};
