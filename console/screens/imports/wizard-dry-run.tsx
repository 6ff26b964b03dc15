import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { failedRowsOf, type ImportAsked, importOf, importUpload, isOver } from '../../api/imports.ts';
import { sendFile } from '../../api/send-file.ts';
import { useAct } from '../../parts/act.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { RowTable } from './failed-rows.tsx';
import { ImportProgress } from './import-progress.tsx';
import type { Subject } from './subject.ts';

interface WizardDryRunProps {
  readonly subject: Subject;
  readonly asked: ImportAsked;
  readonly onStart: () => void;
  readonly isStarting: boolean;
}

const shownFailures = 10;

/** Tries the import out, shows what would happen, and starts it. */
export const WizardDryRun = ({ subject, asked, onStart, isStarting }: WizardDryRunProps) => {
  const { say } = useSpeech();
  const [sessionId, setSessionId] = useState<string>();
  const tryOut = useAct({
    run: async () => {
      if (!('file' in subject)) throw new Error(say('wizard.link.noPreview'));
      // Each try takes a file of its own: reading one to its end deletes it.
      const uploadId = sessionId === undefined ? subject.uploadId : await sendFile(subject.file, () => {});
      return importUpload(uploadId, { ...asked, dryRun: true });
    },
    onDone: setSessionId,
    isQuiet: true,
  });
  const { data, error } = useQuery({ ...importOf(sessionId ?? ''), enabled: sessionId !== undefined });
  const isTried = data !== undefined && isOver(data);
  return (
    <Stack mt="md">
      <Text>{say('wizard.dryRun.explain')}</Text>
      <ProblemNotice problem={tryOut.error ?? error} />
      {data && <ImportProgress of={data} />}
      {data?.reason && <Alert color="red">{data.reason}</Alert>}
      {isTried && data.failed > 0 && <FirstFailures sessionId={data.sessionId} />}
      <Group justify="flex-end">
        {'file' in subject && (
          <Button
            variant={isTried ? 'default' : 'filled'}
            loading={tryOut.isPending || (data !== undefined && !isTried)}
            onClick={() => tryOut.mutate()}
          >
            {say('wizard.tryOut')}
          </Button>
        )}
        <Button variant={isTried ? 'filled' : 'default'} loading={isStarting} onClick={onStart}>
          {isTried ? say('wizard.start') : say('wizard.startWithout')}
        </Button>
      </Group>
    </Stack>
  );
};

const FirstFailures = ({ sessionId }: { readonly sessionId: string }) => {
  const { say } = useSpeech();
  const { data } = useQuery(failedRowsOf(sessionId));
  return (
    <section>
      <Title order={2} size="h5">
        {say('wizard.firstFailures')}
      </Title>
      <RowTable rows={(data?.items ?? []).slice(0, shownFailures)} />
    </section>
  );
};
