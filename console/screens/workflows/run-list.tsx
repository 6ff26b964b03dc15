import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RunHead } from '../../api/types.ts';
import { runsPage } from '../../api/workflows.ts';
import { pick, useAddress } from '../../parts/address.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { type Say, useSpeech } from '../../parts/language.tsx';
import { ListFrame } from '../../parts/list-frame.tsx';
import { Place } from '../../parts/place.tsx';
import { Time } from '../../parts/time.tsx';

const colors = { running: 'blue', waiting: 'yellow', done: 'teal', stopped: 'gray', failed: 'red' } as const;

/** How far a run has come. */
export const RunState = ({ state }: { readonly state: RunHead['state'] }) => {
  const { say } = useSpeech();
  return <Badge color={colors[state]}>{say(`workflows.state.${state}`)}</Badge>;
};

const columnsOf = (say: Say): Column<RunHead>[] => [
  {
    id: 'run',
    title: say('workflows.run'),
    cell: ({ runId }) => <Place to={`/workflow-runs/${runId}`}>{runId.slice(0, 8)}</Place>,
  },
  { id: 'state', title: say('workflows.state'), cell: ({ state }) => <RunState state={state} /> },
  { id: 'event', title: say('events.event'), cell: ({ eventTypeKey }) => eventTypeKey },
  {
    id: 'contact',
    title: say('events.contact'),
    cell: ({ contactId }) =>
      contactId !== undefined && <Place to={`/contacts/${contactId}`}>{String(contactId)}</Place>,
  },
  { id: 'problem', title: say('imports.problem'), cell: ({ problem }) => problem?.message },
  { id: 'started', title: say('workflows.started'), cell: ({ startedAt }) => <Time at={startedAt} isLong /> },
];

/** The runs of a workflow. */
export const RunList = ({ workflowId }: { readonly workflowId: string }) => {
  const { say } = useSpeech();
  const [address] = useAddress();
  const { data, error, refetch } = useQuery(runsPage({ workflowId, ...pick(address, ['cursor']) }));
  return (
    <ListFrame
      problem={error}
      onRetry={() => void refetch()}
      isEmpty={data?.items.length === 0 || (error !== null && !data)}
      emptyText={say('workflows.noRuns')}
      cursor={data?.cursor}
    >
      <DataTable
        label={say('workflows.runs')}
        columns={columnsOf(say)}
        rows={data?.items}
        keyOf={({ runId }) => runId}
      />
    </ListFrame>
  );
};
