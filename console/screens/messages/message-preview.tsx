import { Stack, Text, TextInput, Title } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { useSpeech } from '../../parts/language.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';

const previewOf = (messageId: number, contactId: number | undefined) =>
  queryOptions({
    queryKey: ['template', messageId, 'preview', contactId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/admin/v1/messages/{id}/preview', {
          params: { path: { id: messageId }, ...(contactId !== undefined && { query: { contactId } }) },
          signal,
        }),
      ),
  });

/** What a contact would read, in a frame where nothing of it can run or be loaded. */
export const MessagePreview = ({ messageId }: { readonly messageId: number }) => {
  const { say } = useSpeech();
  const [typed, setTyped] = useState('');
  const contactId = /^\d{1,15}$/.test(typed.trim()) ? Number(typed) : undefined;
  const { data, error } = useQuery(previewOf(messageId, contactId));
  return (
    <Stack>
      <Title order={2} size="h4">
        {say('messages.preview')}
      </Title>
      <TextInput
        label={say('messages.previewFor')}
        inputMode="numeric"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maw={260}
      />
      <ProblemNotice problem={error} />
      {data?.subject !== undefined && <Text fw={600}>{data.subject}</Text>}
      {data?.html !== undefined && (
        <iframe
          title={say('messages.preview')}
          sandbox=""
          srcDoc={data.html}
          style={{
            width: '100%',
            height: '24rem',
            border: '1px solid var(--mantine-color-default-border)',
            background: '#fff',
          }}
        />
      )}
      {data?.text !== undefined && (
        <Text
          component="pre"
          size="sm"
          style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', fontFamily: 'inherit' }}
        >
          {data.text}
        </Text>
      )}
    </Stack>
  );
};
