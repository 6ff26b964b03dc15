import { Button, Group, Paper, Text } from '@mantine/core';
import { useState } from 'react';
import { changeSegment, deleteContact, restoreContact } from '../../api/contacts.ts';
import { useAct } from '../../parts/act.tsx';
import { Ask } from '../../parts/ask.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { SegmentPicker } from './segment-picker.tsx';

interface PickedContactsProps {
  readonly ids: readonly number[];
  readonly onDone: () => void;
}

/** What can be done with several contacts at once. */
export const PickedContacts = ({ ids, onDone }: PickedContactsProps) => {
  const { say } = useSpeech();
  const [isAsking, setAsking] = useState(false);
  const each = (change: (id: number) => Promise<unknown>) => Promise.all(ids.map(change));
  const remove = useAct({
    run: () => each(deleteContact),
    told: () => say('contacts.deleted', { n: ids.length }),
    undo: () => each(restoreContact),
    onDone: () => {
      setAsking(false);
      onDone();
    },
  });
  const attach = useAct<{ id: number; name: string }>({
    run: ({ id }) => changeSegment('attach', id, ids),
    told: (_result, { name }) => say('contacts.addedToSegment', { name }),
    undo: (_result, { id }) => changeSegment('detach', id, ids),
    onDone,
  });
  return (
    <Paper withBorder p="xs" mb="xs" role="toolbar" aria-label={say('list.selected', { n: ids.length })}>
      <Group>
        <Text size="sm">{say('list.selected', { n: ids.length })}</Text>
        <SegmentPicker label={say('contacts.toSegment')} onPick={(segment) => attach.mutate(segment)} />
        <Button variant="default" color="red" onClick={() => setAsking(true)}>
          {say('contacts.delete')}
        </Button>
      </Group>
      <Ask
        question={isAsking ? say('contacts.deleteMany', { n: ids.length }) : undefined}
        yes={say('contacts.delete')}
        onYes={() => remove.mutate()}
        onClose={() => setAsking(false)}
        isBusy={remove.isPending}
      />
    </Paper>
  );
};
