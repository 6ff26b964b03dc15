import { Button } from '@mantine/core';
import { useState } from 'react';
import { holdImport, isOver, isUndoing } from '../../api/imports.ts';
import type { Import } from '../../api/types.ts';
import { useAct } from '../../parts/act.tsx';
import { Ask } from '../../parts/ask.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { UndoDialog } from './undo-dialog.tsx';

/** How an import is held, ended or taken back; one that is being undone is held and ended likewise. */
export const ImportControls = ({ of }: { readonly of: Import }) => {
  const isHeldByUndo = isOver(of) && isUndoing(of) && !of.undo?.dryRun;
  if (!isOver(of)) return <Holding of={of} isPaused={of.state === 'PAUSED'} />;
  if (isHeldByUndo) return <Holding of={of} isPaused={of.undo?.state === 'PAUSED'} isUndo />;
  const isUndone = of.undo?.state === 'FINISHED' && !of.undo.dryRun;
  return of.dryRun || isUndone ? null : <UndoDialog of={of} />;
};

interface HoldingProps {
  readonly of: Import;
  readonly isPaused: boolean;
  readonly isUndo?: boolean;
}

const Holding = ({ of: { sessionId }, isPaused, isUndo = false }: HoldingProps) => {
  const { say } = useSpeech();
  const [isAsked, setAsked] = useState(false);
  const hold = useAct({ run: (act: 'pause' | 'resume' | 'cancel') => holdImport(sessionId, act) });
  const cancel = say(isUndo ? 'imports.undo.cancel' : 'imports.cancel');
  return (
    <>
      <Button variant="default" loading={hold.isPending} onClick={() => hold.mutate(isPaused ? 'resume' : 'pause')}>
        {say(isPaused ? 'imports.resume' : 'imports.pause')}
      </Button>
      <Button variant="default" onClick={() => setAsked(true)}>
        {cancel}
      </Button>
      <Ask
        question={isAsked ? say(isUndo ? 'imports.undo.cancel.explain' : 'imports.cancel.explain') : undefined}
        yes={cancel}
        onClose={() => setAsked(false)}
        onYes={() => {
          hold.mutate('cancel');
          setAsked(false);
        }}
      />
    </>
  );
};
