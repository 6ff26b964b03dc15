import { Skeleton, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { StageOverview } from '../../api/overview.ts';
import { useSpeech } from '../../parts/language.tsx';

/** Charts are not part of the first load: they come when there is something to draw. */
const Chart = lazy(() =>
  import('./new-contacts-chart.tsx').then(({ NewContactsChart }) => ({ default: NewContactsChart })),
);

const heightPixels = 260;

/** How many contacts were new on each day, by source. */
export const NewContacts = ({ days }: { readonly days: StageOverview['days'] | undefined }) => {
  const { say } = useSpeech();
  const waiting = <Skeleton height={heightPixels} />;
  if (!days) return waiting;
  if (days.every(({ created }) => created === 0)) return <Text c="dimmed">{say('overview.noneNew')}</Text>;
  return (
    <Suspense fallback={waiting}>
      <Chart days={days} heightPixels={heightPixels} />
    </Suspense>
  );
};
