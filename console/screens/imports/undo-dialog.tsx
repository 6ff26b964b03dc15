import { Alert, Button, Loader, Switch } from '@mantine/core';
import { useState } from 'react';
import { undoImport } from '../../api/imports.ts';
import type { Import } from '../../api/types.ts';
import { useAct } from '../../parts/act.tsx';
import { Ask } from '../../parts/ask.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { UndoCounts } from './undo-counts.tsx';

/** Undoes an import: first it is tried, and who has seen what would become of the rows may then ask for it. */
export const UndoDialog = ({ of: { sessionId, undo } }: { readonly of: Import }) => {
  const { say } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const [suppressions, setSuppressions] = useState(false);
  const tried = useAct({ run: () => undoImport(sessionId, { dryRun: true, suppressions: false }) });
  const done = useAct({
    run: () => undoImport(sessionId, { dryRun: false, suppressions }),
    told: () => say('imports.undo.started'),
    onDone: () => setOpen(false),
  });
  const trial = undo?.dryRun && undo.finishedAt !== undefined && !tried.isPending ? undo : undefined;
  return (
    <>
      <Button
        variant="default"
        onClick={() => {
          tried.mutate();
          setOpen(true);
        }}
      >
        {say('imports.undo')}
      </Button>
      <Ask
        question={isOpen ? say('imports.undo.explain') : undefined}
        yes={say('imports.undo')}
        isBusy={done.isPending}
        isAllowed={trial !== undefined}
        onClose={() => setOpen(false)}
        onYes={() => done.mutate()}
      >
        {trial ? (
          <Alert title={say('imports.undo.trial')}>
            <UndoCounts of={trial} />
          </Alert>
        ) : (
          <Loader size="sm" aria-label={say('imports.undo.trying')} />
        )}
        <Switch
          label={say('imports.undo.suppressions')}
          checked={suppressions}
          onChange={(event) => setSuppressions(event.currentTarget.checked)}
        />
      </Ask>
    </>
  );
};
