import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../parts/act.tsx';
import { Ask } from '../../parts/ask.tsx';
import { useSpeech } from '../../parts/language.tsx';

interface RemovingProps {
  readonly name: string;
  readonly question: string;
  readonly onRemove: () => Promise<unknown>;
  /** What the button says; to remove, where absent. */
  readonly yes?: string;
}

/** A button that removes something after asking once. */
export const Removing = ({ name, question, onRemove, yes }: RemovingProps) => {
  const { say } = useSpeech();
  const [isAsking, setAsking] = useState(false);
  const label = yes ?? say('do.remove');
  const remove = useAct({ run: onRemove, told: () => say('segments.changed'), onDone: () => setAsking(false) });
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        aria-label={`${label}: ${name}`}
        onClick={() => setAsking(true)}
      >
        {label}
      </Button>
      <Ask
        question={isAsking ? question : undefined}
        yes={label}
        onYes={() => remove.mutate()}
        onClose={() => setAsking(false)}
        isBusy={remove.isPending}
      />
    </>
  );
};
