import { Anchor, Collapse, Stack, Text, Timeline, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { eventsOf, messagesOf, ordersOf, runsOf } from '../../api/contacts.ts';
import { CopyBlock } from '../../parts/copy-block.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { Place } from '../../parts/place.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { Time } from '../../parts/time.tsx';

interface Moment {
  readonly at: string;
  readonly key: string;
  readonly what: ReactNode;
}

/** Everything that happened to a contact, the latest first: events, orders, messages and runs of workflows in one line. */
export const ContactTimeline = ({ contactId }: { readonly contactId: number }) => {
  const { say } = useSpeech();
  const events = useQuery(eventsOf(contactId));
  const orders = useQuery(ordersOf(contactId));
  const messages = useQuery(messagesOf(contactId));
  const runs = useQuery(runsOf(contactId));
  const moments: Moment[] = [
    ...(events.data?.items ?? []).map((event) => ({
      at: event.occurredAt,
      key: event.eventId,
      what: <EventMoment type={event.eventTypeKey} json={JSON.stringify(event, null, 2)} />,
    })),
    ...(orders.data?.items ?? []).map(({ id, externalOrderId, status, updatedAt, totalCost, currency }) => ({
      at: updatedAt,
      key: `order ${id}`,
      what: `${say('contacts.timeline.order', { id: externalOrderId, status })} · ${totalCost} ${currency}`,
    })),
    ...(messages.data?.items ?? []).map(({ requestId, status, createdAt, channel, reason }) => ({
      at: createdAt,
      key: requestId,
      what: `${say('contacts.timeline.message', { status })} · ${channel}${reason === undefined ? '' : ` · ${reason}`}`,
    })),
    ...(runs.data?.items ?? []).map(({ runId, workflowId, state, startedAt }) => ({
      at: startedAt,
      key: runId,
      what: (
        <Place to={`/workflow-runs/${runId}`}>
          {say('contacts.timeline.run', { id: workflowId, state: say(`workflows.state.${state}`) })}
        </Place>
      ),
    })),
  ].sort((one, other) => other.at.localeCompare(one.at));
  const problem = events.error ?? orders.error ?? messages.error ?? runs.error;
  return (
    <section>
      <Title order={3} size="h5" mb="xs">
        {say('contacts.timeline')}
      </Title>
      <ProblemNotice problem={problem} />
      {moments.length === 0 && events.isSuccess && <Text size="sm">{say('contacts.timeline.empty')}</Text>}
      <Timeline bulletSize={12} lineWidth={2}>
        {moments.map(({ at, key, what }) => (
          <Timeline.Item key={key}>
            <Text size="sm" component="div">
              {what}
            </Text>
            <Text size="xs" c="dimmed">
              <Time at={at} isLong />
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </section>
  );
};

const EventMoment = ({ type, json }: { readonly type: string; readonly json: string }) => {
  const { say } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  return (
    <Stack gap={4}>
      <Anchor
        component="button"
        type="button"
        ta="left"
        inherit
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {type}
      </Anchor>
      <Collapse expanded={isOpen}>{isOpen && <CopyBlock title={say('events.event')} text={json} />}</Collapse>
    </Stack>
  );
};
