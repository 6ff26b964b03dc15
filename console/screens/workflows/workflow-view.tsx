import { Button, Group, Skeleton, Stack, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { components } from '../../api/openapi.d.ts';
import { useMay } from '../../api/session.ts';
import { deleteWorkflow, saveWorkflow, workflowOf } from '../../api/workflows.ts';
import { useAct } from '../../parts/act.tsx';
import { Ask } from '../../parts/ask.tsx';
import { Heading } from '../../parts/heading.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { RunList } from './run-list.tsx';

type Workflow = components['schemas']['Workflow'];

const DefinitionEditor = lazy(() => import('./definition-editor.tsx'));

const example = JSON.stringify(
  {
    name: 'Welcome',
    eventTypeKey: 'subscribeFromApi',
    uniqueness: 'once',
    enabled: true,
    steps: [
      { type: 'waitForEvent', eventTypeKey: 'SysContactConfirmed', timeout: { days: 3 } },
      { type: 'addToSegment', segment: 'Welcomed' },
    ],
  },
  null,
  2,
);

/** What of a workflow can be changed, as text. */
const definitionOf = ({ name, eventTypeKey, uniqueness, enabled, steps }: Workflow): string =>
  JSON.stringify({ name, eventTypeKey, uniqueness, enabled, steps }, null, 2);

/** A workflow: its definition in an editor, and its runs. */
export const WorkflowView = () => {
  const { say } = useSpeech();
  const { workflowId } = useParams({ strict: false }) as { workflowId: string };
  const isNew = workflowId === 'new';
  const { data, error, refetch } = useQuery({ ...workflowOf(workflowId), enabled: !isNew });
  return (
    <>
      <Heading title={isNew ? say('workflows.new') : (data?.name ?? workflowId)}>
        {data && <Deleting workflow={data} />}
      </Heading>
      <ProblemNotice problem={error} onRetry={() => void refetch()} />
      {(isNew || data) && <Editing key={data?.version ?? 0} workflow={data} />}
      {data && (
        <section>
          <Title order={2} size="h4" my="md">
            {say('workflows.runs')}
          </Title>
          <RunList workflowId={workflowId} />
        </section>
      )}
    </>
  );
};

const Editing = ({ workflow }: { readonly workflow: Workflow | undefined }) => {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const canChange = useMay('adminChange');
  const [id, setId] = useState(workflow?.id ?? '');
  const [text, setText] = useState(workflow ? definitionOf(workflow) : example);
  const [isValid, setValid] = useState(true);
  const save = useAct({
    run: () => saveWorkflow(id, { ...JSON.parse(text), version: workflow?.version ?? 0 }),
    told: () => say('workflows.saved'),
    onDone: () => void navigate({ to: `/workflows/${id}` } as never),
    isQuiet: true,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack maw="60rem">
        {!workflow && (
          <TextInput
            label={say('workflows.id')}
            description={say('workflows.id.hint')}
            value={id}
            onChange={(event) => setId(event.currentTarget.value)}
            pattern="[a-z0-9][a-z0-9\-]{0,49}"
            required
            maw={300}
          />
        )}
        <Suspense fallback={<Skeleton height={240} />}>
          <DefinitionEditor text={text} onChange={setText} onJudge={setValid} isReadOnly={!canChange} />
        </Suspense>
        <ProblemNotice problem={save.error} />
        {canChange && (
          <Group>
            <Button type="submit" disabled={!isValid} loading={save.isPending}>
              {say('do.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
};

const Deleting = ({ workflow: { id, name } }: { readonly workflow: Workflow }) => {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const canChange = useMay('adminChange');
  const [isAsking, setAsking] = useState(false);
  const remove = useAct({
    run: () => deleteWorkflow(id),
    told: () => say('segments.changed'),
    onDone: () => void navigate({ to: '/workflows' } as never),
  });
  if (!canChange) return null;
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {say('do.delete')}
      </Button>
      <Ask
        question={isAsking ? say('workflows.delete.ask', { name }) : undefined}
        yes={say('do.delete')}
        onYes={() => remove.mutate()}
        onClose={() => setAsking(false)}
        isBusy={remove.isPending}
      />
    </>
  );
};
