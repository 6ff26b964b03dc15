import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { Import } from '../../api/types.ts';
import { useSpeech } from '../../parts/language.tsx';

type Undo = NonNullable<Import['undo']>;

const outcomes = ['removed', 'restored', 'kept', 'nothing', 'skipped'] as const;

/** How many rows an undo, or its dry run, made what of. */
export const UndoCounts = ({ of: { counts } }: { readonly of: Undo }) => {
  const { say } = useSpeech();
  return (
    <SimpleGrid cols={{ base: 2, xs: 5 }}>
      {outcomes.map((outcome) => (
        <div key={outcome}>
          <Text fw={700} size="xl">
            {counts[outcome].toLocaleString()}
          </Text>
          <Text size="sm">{say(`imports.undo.count.${outcome}`)}</Text>
        </div>
      ))}
    </SimpleGrid>
  );
};

/** How far the undo of an import is; its dry run is shown where it is asked for. */
export const UndoProgress = ({ of }: { readonly of: Undo }) => {
  const { say } = useSpeech();
  if (of.dryRun) return null;
  return (
    <Stack gap="xs" aria-live="polite">
      <Title order={2} size="h5">
        {say(`imports.undo.state.${of.state}`)}
      </Title>
      {of.finishedAt !== undefined && <UndoCounts of={of} />}
    </Stack>
  );
};
