import { Button, Group, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import type { components } from '../../api/openapi.d.ts';
import { useMay } from '../../api/session.ts';
import { useAct } from '../../parts/act.tsx';
import { Ask } from '../../parts/ask.tsx';
import { Heading } from '../../parts/heading.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { MessagePreview } from './message-preview.tsx';

type StoredMessage = components['schemas']['StoredMessage'];
type Draft = components['schemas']['StoredMessageRequest'];

const messageOf = (id: number) =>
  queryOptions({
    queryKey: ['template', id],
    queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/messages/{id}', { params: { path: { id } }, signal })),
  });

/** A stored message, to be changed and looked at. */
export const MessageView = () => {
  const { say } = useSpeech();
  const { messageId } = useParams({ strict: false }) as { messageId: string };
  const isNew = messageId === 'new';
  const { data, error, refetch } = useQuery({ ...messageOf(Number(messageId)), enabled: !isNew });
  return (
    <>
      <Heading title={isNew ? say('messages.new') : (data?.name ?? messageId)}>
        {data && <Deleting message={data} />}
      </Heading>
      <ProblemNotice problem={error} onRetry={() => void refetch()} />
      {(isNew || data) && <Editing key={data?.version ?? 0} message={data} />}
    </>
  );
};

const draftOf = (message: StoredMessage | undefined): Draft => {
  if (!message) return { name: '', channel: 'email', subject: '', html: '', text: '' };
  const { id: _id, version: _version, createdAt: _created, updatedAt: _updated, ...draft } = message;
  return draft;
};

const Editing = ({ message }: { readonly message: StoredMessage | undefined }) => {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const canChange = useMay('adminChange');
  const [draft, setDraft] = useState(() => draftOf(message));
  const change = (members: Partial<Draft>) => setDraft({ ...draft, ...members });
  const save = useAct({
    run: () => {
      const said = Object.entries(draft).filter(([, value]) => value !== '');
      const body = Object.fromEntries(said) as Draft;
      return message
        ? answerOf(api.PUT('/admin/v1/messages/{id}', { params: { path: { id: message.id } }, body }))
        : answerOf(api.POST('/admin/v1/messages', { body }));
    },
    told: () => say('messages.saved'),
    onDone: ({ id }) => void navigate({ to: `/messages/${id}` } as never),
    isQuiet: true,
  });
  const isEmail = draft.channel === 'email';
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <fieldset disabled={!canChange} style={{ border: 0, padding: 0, margin: 0 }}>
          <Stack>
            <TextInput
              label={say('messages.name')}
              value={draft.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
              required
            />
            <Select
              label={say('messages.channel')}
              data={['email', 'sms']}
              value={draft.channel}
              onChange={(channel) =>
                channel === 'sms' ? change({ channel, subject: '', html: '' }) : change({ channel: 'email' })
              }
              allowDeselect={false}
            />
            <TextInput
              label={say('messages.from')}
              value={draft.from ?? ''}
              onChange={(event) => change({ from: event.currentTarget.value })}
            />
            {isEmail && (
              <>
                <TextInput
                  label={say('messages.subject')}
                  value={draft.subject ?? ''}
                  onChange={(event) => change({ subject: event.currentTarget.value })}
                  required
                />
                <Textarea
                  label={say('messages.html')}
                  value={draft.html ?? ''}
                  onChange={(event) => change({ html: event.currentTarget.value })}
                  autosize
                  minRows={8}
                  maxRows={20}
                />
              </>
            )}
            <Textarea
              label={say('messages.text')}
              value={draft.text ?? ''}
              onChange={(event) => change({ text: event.currentTarget.value })}
              autosize
              minRows={4}
              maxRows={20}
            />
            <ProblemNotice problem={save.error} />
            {canChange && (
              <Group>
                <Button type="submit" loading={save.isPending}>
                  {say('do.save')}
                </Button>
              </Group>
            )}
          </Stack>
        </fieldset>
      </form>
      {message && <MessagePreview messageId={message.id} />}
    </SimpleGrid>
  );
};

const Deleting = ({ message: { id, name } }: { readonly message: StoredMessage }) => {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const canChange = useMay('adminChange');
  const [isAsking, setAsking] = useState(false);
  const remove = useAct({
    run: () => answerOf(api.DELETE('/admin/v1/messages/{id}', { params: { path: { id } }, parseAs: 'text' })),
    told: () => say('segments.changed'),
    onDone: () => void navigate({ to: '/messages' } as never),
  });
  if (!canChange) return null;
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {say('do.delete')}
      </Button>
      <Ask
        question={isAsking ? say('messages.delete.ask', { name }) : undefined}
        yes={say('do.delete')}
        onYes={() => remove.mutate()}
        onClose={() => setAsking(false)}
        isBusy={remove.isPending}
      />
    </>
  );
};
