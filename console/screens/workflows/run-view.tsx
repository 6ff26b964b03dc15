import { Alert, Badge, Group, Stack, Text, Timeline, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { runOf } from '../../api/workflows.ts';
import { CopyBlock } from '../../parts/copy-block.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Heading } from '../../parts/heading.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { Place } from '../../parts/place.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { Time } from '../../parts/time.tsx';
import { RunState } from './run-list.tsx';

/** A run: the event that launched it, and each step with its time and its error. */
export const RunView = () => {
  const { say } = useSpeech();
  const { runId } = useParams({ strict: false }) as { runId: string };
  const { data, error, refetch } = useQuery(runOf(runId));
  return (
    <>
      <Heading title={`${say('workflows.run')} ${runId.slice(0, 8)}`} />
      <ProblemNotice problem={error} onRetry={() => void refetch()} />
      {data && (
        <Stack maw="50rem">
          <Facts
            of={[
              [say('workflows.state'), <RunState key="state" state={data.state} />],
              [
                say('workflows.title'),
                <Place key="workflow" to={`/workflows/${data.workflowId}`}>
                  {`${data.workflowId} (${say('workflows.version')} ${data.workflowVersion})`}
                </Place>,
              ],
              [
                say('events.contact'),
                data.contactId !== undefined && (
                  <Place key="contact" to={`/contacts/${data.contactId}`}>
                    {String(data.contactId)}
                  </Place>
                ),
              ],
              [say('workflows.started'), <Time key="started" at={data.startedAt} isLong />],
            ]}
          />
          {data.problem && <Alert color="red">{data.problem.message}</Alert>}
          <Title order={2} size="h4">
            {say('workflows.steps')}
          </Title>
          <Timeline bulletSize={12} lineWidth={2}>
            {data.steps.map(({ id, type, outcome, startedAt, until, problem, result }) => (
              <Timeline.Item key={id}>
                <Group gap="xs">
                  <Text fw={600} size="sm">
                    {`${id} · ${type}`}
                  </Text>
                  <Badge>{outcome}</Badge>
                </Group>
                <Text size="xs" c="dimmed">
                  <Time at={startedAt} isLong />
                  {until !== undefined && (
                    <>
                      {` · ${say('workflows.until')} `}
                      <Time at={until} isLong />
                    </>
                  )}
                </Text>
                {result && <Text size="sm">{JSON.stringify(result)}</Text>}
                {problem && (
                  <Text size="sm" c="red">
                    {problem.message}
                  </Text>
                )}
              </Timeline.Item>
            ))}
          </Timeline>
          <CopyBlock
            title={say('events.event')}
            text={JSON.stringify({ eventTypeKey: data.eventTypeKey, ...data.event }, null, 2)}
          />
        </Stack>
      )}
    </>
  );
};
