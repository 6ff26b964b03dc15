import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { overview } from '../../api/overview.ts';
import { useMay } from '../../api/session.ts';
import { Heading } from '../../parts/heading.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { PlaceButton } from '../../parts/place.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { Figures } from './figures.tsx';
import { NewContacts } from './new-contacts.tsx';
import { NewestContacts } from './newest-contacts.tsx';
import { Panel } from './panel.tsx';
import { RunningImports } from './running-imports.tsx';
import { WaitingMessages } from './waiting-messages.tsx';

/** The first page: how many there are, who is new, what runs, and what waits for a person. */
export const Overview = () => {
  const { say } = useSpeech();
  const { data, error, refetch } = useQuery(overview);
  return (
    <>
      <Heading title={say('overview.title')} />
      <Stack>
        <ProblemNotice problem={error} onRetry={() => void refetch()} />
        {data?.contacts === 0 && <Begin />}
        <Figures of={data} />
        <Panel title={say('overview.newByDay')}>
          <NewContacts days={data?.days} />
          <Text size="xs" c="dimmed" mt="xs">
            {say('overview.utc')}
          </Text>
        </Panel>
        <SimpleGrid cols={{ base: 1, lg: 2 }}>
          <Panel title={say('overview.waiting')}>
            <WaitingMessages of={data?.deadLetters} />
          </Panel>
          <Panel title={say('overview.running')}>
            <RunningImports />
          </Panel>
        </SimpleGrid>
        <Panel title={say('overview.newest')}>
          <NewestContacts />
        </Panel>
      </Stack>
    </>
  );
};

/** What to do first, on a stage without contacts. */
const Begin = () => {
  const { say } = useSpeech();
  const canChange = useMay('adminChange');
  return (
    <Stack align="flex-start" gap="xs">
      <Text>{say('overview.begin')}</Text>
      {canChange && <PlaceButton to="/imports/new">{say('contacts.import')}</PlaceButton>}
    </Stack>
  );
};
