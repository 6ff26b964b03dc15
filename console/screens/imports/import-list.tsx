import { Badge, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { importsPage } from '../../api/imports.ts';
import { useMay } from '../../api/session.ts';
import type { Import } from '../../api/types.ts';
import { pick, useAddress } from '../../parts/address.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Heading } from '../../parts/heading.tsx';
import { type Say, useSpeech } from '../../parts/language.tsx';
import { ListFrame } from '../../parts/list-frame.tsx';
import { Place, PlaceButton } from '../../parts/place.tsx';
import { Time } from '../../parts/time.tsx';
import { ImportState } from './import-state.tsx';

/** What an import is about: its file, its link, or a request. */
export const subjectOf = ({ upload }: Import, say: Say): string =>
  upload?.fileName ?? upload?.link ?? say('imports.request');

const columnsOf = (say: Say): Column<Import>[] => [
  {
    id: 'what',
    title: say('imports.what'),
    cell: (one) => (
      <Group gap="xs">
        <Place to={`/imports/${one.sessionId}`}>{subjectOf(one, say)}</Place>
        {one.dryRun && <Badge color="gray">{say('imports.dryRun')}</Badge>}
      </Group>
    ),
  },
  { id: 'state', title: say('contacts.state'), cell: (one) => <ImportState of={one} /> },
  { id: 'read', title: say('imports.count.read'), cell: ({ read }) => read.toLocaleString(), isNumber: true },
  {
    id: 'created',
    title: say('imports.count.created'),
    cell: ({ created }) => created.toLocaleString(),
    isNumber: true,
  },
  {
    id: 'updated',
    title: say('imports.count.updated'),
    cell: ({ updated }) => updated.toLocaleString(),
    isNumber: true,
  },
  { id: 'failed', title: say('imports.count.failed'), cell: ({ failed }) => failed.toLocaleString(), isNumber: true },
  { id: 'who', title: say('imports.who'), cell: ({ createdBy }) => createdBy },
  { id: 'when', title: say('imports.when'), cell: ({ createdAt }) => <Time at={createdAt} /> },
];

/** Every import with its state and counts, the newest first. */
export const ImportList = () => {
  const { say } = useSpeech();
  const [address] = useAddress();
  const canChange = useMay('adminChange');
  const { data, error, refetch } = useQuery(importsPage(pick(address, ['cursor'])));
  const begin = canChange && <PlaceButton to="/imports/new">{say('imports.new')}</PlaceButton>;
  return (
    <>
      <Heading title={say('imports.title')}>{begin}</Heading>
      <ListFrame
        problem={error}
        onRetry={() => void refetch()}
        isEmpty={data?.items.length === 0 || (error !== null && !data)}
        emptyText={say('imports.empty')}
        emptyAction={begin}
        cursor={data?.cursor}
      >
        <DataTable
          label={say('imports.title')}
          columns={columnsOf(say)}
          rows={data?.items}
          keyOf={({ sessionId }) => sessionId}
        />
      </ListFrame>
    </>
  );
};
