import { Alert, Stepper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type ImportAsked, importLink, importOf, importUpload } from '../../api/imports.ts';
import { sendFile } from '../../api/send-file.ts';
import type { Import } from '../../api/types.ts';
import { useAct } from '../../parts/act.tsx';
import { useAddress } from '../../parts/address.ts';
import { Heading } from '../../parts/heading.tsx';
import { useSpeech } from '../../parts/language.tsx';
import type { Subject } from './subject.ts';
import { WizardColumns } from './wizard-columns.tsx';
import { WizardDryRun } from './wizard-dry-run.tsx';
import { WizardFile } from './wizard-file.tsx';
import { WizardSettings } from './wizard-settings.tsx';

/** The settings of an earlier import, as a new one takes them. */
const settingsLike = ({ settings, upload }: Import): ImportAsked => ({
  ...settings,
  ...(upload?.fieldMapping && { fieldMapping: upload.fieldMapping }),
});

/** Imports a file in four steps: the file, its columns, the settings, and a dry run before anything is written. */
export const ImportWizard = () => {
  const { say } = useSpeech();
  const [{ like }] = useAddress();
  const earlier = useQuery({ ...importOf(like ?? ''), enabled: like !== undefined, refetchInterval: false });
  if (like !== undefined && earlier.isPending) return null;
  return (
    <>
      <Heading title={say('wizard.title')} />
      {earlier.data && <Alert mb="md">{say('wizard.reused')}</Alert>}
      <Steps first={earlier.data ? settingsLike(earlier.data) : { dedupeOn: 'email' }} />
    </>
  );
};

const Steps = ({ first }: { readonly first: ImportAsked }) => {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const [step, setStep] = useState(0);
  const [subject, setSubject] = useState<Subject>();
  const [asked, setAsked] = useState(first);
  const start = useAct({
    run: async () => {
      if (!subject) throw new Error(say('wizard.step.file'));
      if ('link' in subject) return importLink(subject.link, asked);
      // The dry run took the file that was sent: reading it to its end deletes it.
      return importUpload(await sendFile(subject.file, () => {}), asked);
    },
    told: () => say('imports.started'),
    onDone: (sessionId) => void navigate({ to: `/imports/${sessionId}` } as never),
  });
  const change = (members: ImportAsked) => setAsked({ ...asked, ...members });
  return (
    <Stepper active={step} onStepClick={setStep} allowNextStepsSelect={false} size="sm" maw="70rem">
      <Stepper.Step label={say('wizard.step.file')}>
        <WizardFile
          onReady={(ready) => {
            setSubject(ready);
            setStep('link' in ready ? 2 : 1);
          }}
        />
      </Stepper.Step>
      <Stepper.Step label={say('wizard.step.columns')}>
        {subject && 'file' in subject && (
          <WizardColumns
            subject={subject}
            asked={asked}
            onChange={change}
            onReread={setSubject}
            onNext={() => setStep(2)}
          />
        )}
      </Stepper.Step>
      <Stepper.Step label={say('wizard.step.settings')}>
        <WizardSettings asked={asked} onChange={change} onNext={() => setStep(3)} />
      </Stepper.Step>
      <Stepper.Step label={say('wizard.step.dryRun')}>
        {subject && (
          <WizardDryRun subject={subject} asked={asked} onStart={() => start.mutate()} isStarting={start.isPending} />
        )}
      </Stepper.Step>
    </Stepper>
  );
};
