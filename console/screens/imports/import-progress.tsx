import { Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { isOver } from '../../api/imports.ts';
import type { Import } from '../../api/types.ts';
import { type Say, useSpeech } from '../../parts/language.tsx';

const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const;

const colors = {
  created: 'teal.8',
  updated: 'blue.8',
  unchanged: 'gray.7',
  skipped: 'yellow.9',
  failed: 'red.8',
} as const;

const timeLeft = ({ total, read, rowsPerSecond = 0 }: Import, say: Say): string | undefined => {
  if (rowsPerSecond <= 0) return undefined;
  const seconds = Math.ceil((total - read) / rowsPerSecond);
  return seconds < 90
    ? say('imports.seconds', { n: seconds })
    : say('imports.minutes', { n: Math.round(seconds / 60) });
};

/** A bar of outcomes, the rate and what is left while it runs, and counts that add up. */
export const ImportProgress = ({ of }: { readonly of: Import }) => {
  const { say } = useSpeech();
  const { total, read, rowsPerSecond, upload } = of;
  const isPaused = of.state === 'PAUSED';
  const isRunning = !isOver(of) && !isPaused;
  const left = isRunning ? timeLeft(of, say) : undefined;
  const isGrowing = upload?.isComplete === false || (upload !== undefined && isRunning && !upload.isComplete);
  const counted = isPaused ? 'imports.pausedAt' : isGrowing ? 'imports.totalSoFar' : 'imports.total';
  return (
    <Stack gap="xs" aria-live="polite">
      <Progress.Root size="xl" aria-label={say('imports.rows')}>
        {outcomes.map((outcome) => (
          <Progress.Section
            key={outcome}
            value={total === 0 ? 0 : (100 * of[outcome]) / total}
            color={colors[outcome]}
            aria-label={say(`imports.count.${outcome}`)}
          />
        ))}
      </Progress.Root>
      <Group gap="md">
        <Text size="sm">{say(counted, { read, total })}</Text>
        {rowsPerSecond !== undefined && !isPaused && (
          <Text size="sm">{say('imports.rate', { n: Math.round(rowsPerSecond) })}</Text>
        )}
        {left !== undefined && <Text size="sm">{say('imports.left', { time: left })}</Text>}
      </Group>
      <SimpleGrid cols={{ base: 2, xs: 5 }}>
        {outcomes.map((outcome) => (
          <div key={outcome}>
            <Text fw={700} size="xl">
              {of[outcome].toLocaleString()}
            </Text>
            <Text size="sm" c="dimmed">
              {say(`imports.count.${outcome}`)}
            </Text>
          </div>
        ))}
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        {say('imports.sum', {
          read,
          created: of.created,
          updated: of.updated,
          unchanged: of.unchanged,
          skipped: of.skipped,
          failed: of.failed,
        })}
      </Text>
    </Stack>
  );
};
