import '@mantine/dropzone/styles.css';
import { Alert, Button, Group, Progress, Stack, Text, TextInput } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { useState } from 'react';
import { previewUpload } from '../../api/imports.ts';
import { ApiProblem } from '../../api/problem.ts';
import { sendFile } from '../../api/send-file.ts';
import { useAct } from '../../parts/act.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import type { Subject } from './subject.ts';

/** A file is dropped and sent, or a link given. */
export const WizardFile = ({ onReady }: { readonly onReady: (subject: Subject) => void }) => {
  const { say } = useSpeech();
  const [share, setShare] = useState<number>();
  const [file, setFile] = useState<File>();
  const [link, setLink] = useState('');
  const send = useAct<File, Subject>({
    run: async (dropped) => {
      setFile(dropped);
      setShare(0);
      const uploadId = await sendFile(dropped, setShare);
      return { file: dropped, uploadId, preview: await previewUpload(uploadId, {}) };
    },
    onDone: onReady,
    isQuiet: true,
  });
  const isLost = send.error instanceof ApiProblem && send.error.status === 0;
  return (
    <Stack mt="md">
      <Dropzone
        onDrop={([dropped]) => dropped && send.mutate(dropped)}
        multiple={false}
        loading={send.isPending}
        inputProps={{ 'aria-label': say('wizard.drop') }}
      >
        <Stack align="center" py="xl" gap={4}>
          <Text fw={600} ta="center">
            {say('wizard.drop')}
          </Text>
          <Text size="sm" c="dimmed" ta="center">
            {say('wizard.drop.hint')}
          </Text>
        </Stack>
      </Dropzone>
      {send.isPending && share !== undefined && (
        <div role="status">
          <Text size="sm">{say('wizard.sending', { percent: Math.round(100 * share) })}</Text>
          <Progress value={100 * share} aria-label={say('wizard.sending', { percent: Math.round(100 * share) })} />
        </div>
      )}
      {isLost ? (
        <Alert color="red" role="alert">
          <Group>
            {say('wizard.sendFailed')}
            <Button size="xs" variant="default" onClick={() => file && send.mutate(file)}>
              {say('do.retry')}
            </Button>
          </Group>
        </Alert>
      ) : (
        <ProblemNotice problem={send.error} />
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (link.trim() !== '') onReady({ link: link.trim() });
        }}
      >
        <Group align="flex-end">
          <TextInput
            type="url"
            label={say('wizard.link')}
            description={say('wizard.link.noPreview')}
            placeholder="https://shop.example/contacts.csv"
            value={link}
            onChange={(event) => setLink(event.currentTarget.value)}
            style={{ flex: '1 1 16rem' }}
          />
          <Button type="submit" variant="default">
            {say('wizard.link.use')}
          </Button>
        </Group>
      </form>
    </Stack>
  );
};
