import { Alert, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { importOf, isOver } from '../../api/imports.ts';
import { useMay } from '../../api/session.ts';
import type { Import } from '../../api/types.ts';
import { Facts } from '../../parts/facts.tsx';
import { Heading } from '../../parts/heading.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { PlaceButton } from '../../parts/place.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { Time } from '../../parts/time.tsx';
import { FailedRows } from './failed-rows.tsx';
import { ImportControls } from './import-controls.tsx';
import { subjectOf } from './import-list.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportState } from './import-state.tsx';
import { UndoProgress } from './undo-counts.tsx';

/** One import: how far it is while it runs, and afterwards what failed and why. */
export const ImportView = () => {
  const { say } = useSpeech();
  const { sessionId } = useParams({ strict: false }) as { sessionId: string };
  const canChange = useMay('adminChange');
  const { data, error, refetch } = useQuery(importOf(sessionId));
  return (
    <>
      <Heading title={data ? subjectOf(data, say) : say('imports.title')}>
        {data && canChange && <ImportControls of={data} />}
        {data && canChange && isOver(data) && (
          <PlaceButton to="/imports/new" search={{ like: sessionId }} variant="default">
            {say('imports.again')}
          </PlaceButton>
        )}
      </Heading>
      <ProblemNotice problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton height={160} />}
      {data && (
        <Stack maw="60rem">
          <Group gap="xs">
            <ImportState of={data} />
            {data.dryRun && <Text size="sm">{say('wizard.dryRun.explain')}</Text>}
          </Group>
          {data.reason && <Alert color="red">{data.reason}</Alert>}
          <ImportProgress of={data} />
          {data.undo && <UndoProgress of={data.undo} />}
          <About of={data} />
          {data.failed > 0 && isOver(data) && <FailedRows of={data} />}
        </Stack>
      )}
    </>
  );
};

const About = ({ of }: { readonly of: Import }) => {
  const { say } = useSpeech();
  const { settings, upload } = of;
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {say('imports.settings')}
      </Title>
      <Facts
        of={[
          [say('imports.who'), of.createdBy],
          [say('imports.when'), <Time key="when" at={of.createdAt} isLong />],
          [say('wizard.encoding'), upload?.encoding],
          [say('wizard.delimiter'), upload?.delimiter],
          [say('imports.notes'), upload?.notes?.join(' ')],
          [say('wizard.dedupeOn'), settings?.dedupeOn],
          [say('wizard.mode'), settings?.importMode && say(`wizard.mode.${settings.importMode}`)],
          [say('wizard.groupNames'), settings?.groupNames?.join(', ')],
          [say('wizard.eventKey'), settings?.eventKeyForNewContacts],
          ['Id', of.sessionId],
        ]}
      />
    </section>
  );
};
