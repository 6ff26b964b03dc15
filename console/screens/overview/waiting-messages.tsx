import { Skeleton, Text } from '@mantine/core';
import type { StageOverview } from '../../api/overview.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { type Say, useSpeech } from '../../parts/language.tsx';
import { Place } from '../../parts/place.tsx';

type DeadLetters = StageOverview['deadLetters'][number];

/** The queues in which messages wait for a person, each with its alarm and what to do. */
export const WaitingMessages = ({ of }: { readonly of: readonly DeadLetters[] | undefined }) => {
  const { say } = useSpeech();
  if (!of) return <Skeleton height={20} />;
  const waiting = of.filter((one) => one.waiting > 0);
  if (waiting.length === 0) return <Text c="dimmed">{say('overview.nothingWaits')}</Text>;
  return (
    <DataTable label={say('overview.waiting')} columns={columnsOf(say)} rows={waiting} keyOf={({ queue }) => queue} />
  );
};

const columnsOf = (say: Say): readonly Column<DeadLetters>[] => [
  { id: 'queue', title: say('overview.queue'), cell: ({ queue }) => queue },
  { id: 'waiting', title: say('overview.wait'), cell: ({ waiting }) => waiting, isNumber: true },
  { id: 'alarm', title: say('overview.alarmName'), cell: ({ alarm }) => alarm },
  {
    id: 'runbook',
    title: say('runbook.title'),
    cell: ({ runbook }) => <Place to={`/runbook/${runbook.split('#')[1]}`}>{say('overview.runbook')}</Place>,
  },
];
