import { Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { contactsPage } from '../../api/contacts.ts';
import { importsPage, isOver } from '../../api/imports.ts';
import { useMay } from '../../api/session.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Heading } from '../../parts/heading.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { Place, PlaceButton } from '../../parts/place.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { contactColumns } from '../contacts/contact-columns.tsx';
import { subjectOf } from '../imports/import-list.tsx';
import { ImportProgress } from '../imports/import-progress.tsx';

const newestShown = 10;

/** The first page: who is new, and what runs. */
export const Overview = () => {
  const { say } = useSpeech();
  return (
    <>
      <Heading title={say('overview.title')} />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Panel title={say('overview.newest')}>
          <NewestContacts />
        </Panel>
        <Panel title={say('overview.running')}>
          <RunningImports />
        </Panel>
      </SimpleGrid>
    </>
  );
};

const Panel = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Card withBorder component="section" aria-label={title}>
    <Title order={2} size="h5" mb="sm">
      {title}
    </Title>
    {children}
  </Card>
);

const NewestContacts = () => {
  const { say } = useSpeech();
  const canChange = useMay('adminChange');
  const { data, error, refetch } = useQuery(contactsPage({ limit: newestShown }));
  if (data?.items.length === 0) {
    return (
      <Stack align="flex-start">
        <Text>{say('overview.begin')}</Text>
        {canChange && <PlaceButton to="/imports/new">{say('contacts.import')}</PlaceButton>}
      </Stack>
    );
  }
  const columns = contactColumns(say, {}).filter(({ id }) => ['name', 'source', 'createdAt'].includes(id));
  return (
    <>
      <ProblemNotice problem={error} onRetry={() => void refetch()} />
      <DataTable label={say('overview.newest')} columns={columns} rows={data?.items} keyOf={({ id }) => id} />
    </>
  );
};

const RunningImports = () => {
  const { say } = useSpeech();
  const { data } = useQuery(importsPage({ limit: newestShown }));
  const running = data?.items.filter((one) => !isOver(one)) ?? [];
  if (running.length === 0) return <Text c="dimmed">{say('overview.noneRunning')}</Text>;
  return (
    <Stack>
      {running.map((one) => (
        <div key={one.sessionId}>
          <Place to={`/imports/${one.sessionId}`}>{subjectOf(one, say)}</Place>
          <ImportProgress of={one} />
        </div>
      ))}
    </Stack>
  );
};
