import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { importsPage, isOver } from '../../api/imports.ts';
import { useSpeech } from '../../parts/language.tsx';
import { Place } from '../../parts/place.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { subjectOf } from '../imports/import-list.tsx';
import { ImportProgress } from '../imports/import-progress.tsx';

const importsLookedAt = 50;

/** The imports that are under way, as they go. */
export const RunningImports = () => {
  const { say } = useSpeech();
  const { data, error, refetch } = useQuery(importsPage({ limit: importsLookedAt }));
  const running = data?.items.filter((one) => !isOver(one)) ?? [];
  if (error) return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
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
