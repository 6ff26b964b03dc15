import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { components } from '../../api/openapi.d.ts';
import { useMay } from '../../api/session.ts';
import { workflowList } from '../../api/workflows.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Heading } from '../../parts/heading.tsx';
import { type Say, useSpeech } from '../../parts/language.tsx';
import { ListFrame } from '../../parts/list-frame.tsx';
import { Place, PlaceButton } from '../../parts/place.tsx';
import { Time } from '../../parts/time.tsx';

type WorkflowHead = components['schemas']['WorkflowHead'];

const columnsOf = (say: Say): Column<WorkflowHead>[] => [
  {
    id: 'name',
    title: say('workflows.name'),
    cell: ({ id, name }) => <Place to={`/workflows/${id}`}>{name}</Place>,
  },
  { id: 'event', title: say('workflows.event'), cell: ({ eventTypeKey }) => eventTypeKey },
  {
    id: 'enabled',
    title: say('workflows.state'),
    cell: ({ enabled }) => (
      <Badge color={enabled ? 'teal' : 'gray'}>{say(enabled ? 'workflows.on' : 'workflows.off')}</Badge>
    ),
  },
  { id: 'version', title: say('workflows.version'), cell: ({ version }) => version, isNumber: true },
  { id: 'updated', title: say('contacts.updated'), cell: ({ updatedAt }) => <Time at={updatedAt} /> },
];

/** Every workflow. */
export const WorkflowList = () => {
  const { say } = useSpeech();
  const canChange = useMay('adminChange');
  const { data, error, refetch } = useQuery(workflowList);
  const begin = canChange && <PlaceButton to="/workflows/new">{say('workflows.new')}</PlaceButton>;
  return (
    <>
      <Heading title={say('workflows.title')}>{begin}</Heading>
      <ListFrame
        problem={error}
        onRetry={() => void refetch()}
        isEmpty={data?.items.length === 0 || (error !== null && !data)}
        emptyText={say('workflows.empty')}
        emptyAction={begin}
      >
        <DataTable label={say('workflows.title')} columns={columnsOf(say)} rows={data?.items} keyOf={({ id }) => id} />
      </ListFrame>
    </>
  );
};
