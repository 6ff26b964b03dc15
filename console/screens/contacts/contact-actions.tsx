import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { changeSegment, deleteContact, eraseContact, restoreContact } from '../../api/contacts.ts';
import type { Contact } from '../../api/types.ts';
import { useAct } from '../../parts/act.tsx';
import { Ask } from '../../parts/ask.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { channelOf } from './contact-name.ts';
import { SegmentPicker } from './segment-picker.tsx';

interface ContactActionsProps {
  readonly contact: Contact;
  readonly onEdit: () => void;
  /** The contact is not there any more. */
  readonly onGone: () => void;
}

/** What can be done with a contact. */
export const ContactActions = ({ contact, onEdit, onGone }: ContactActionsProps) => {
  const { say } = useSpeech();
  const { id } = contact;
  const attach = useAct<{ id: number; name: string }>({
    run: (segment) => changeSegment('attach', segment.id, [id]),
    told: (_result, { name }) => say('contacts.addedToSegment', { name }),
    undo: (_result, segment) => changeSegment('detach', segment.id, [id]),
  });
  const remove = useAct({
    run: () => deleteContact(id),
    told: () => say('contacts.deleted', { n: 1 }),
    undo: () => restoreContact(id),
  });
  const restore = useAct({ run: () => restoreContact(id), told: () => say('contacts.restored') });
  if (contact.state === 'deleted') {
    return (
      <Group gap="xs">
        <Button variant="default" loading={restore.isPending} onClick={() => restore.mutate()}>
          {say('contacts.restore')}
        </Button>
        <Erasing contact={contact} onGone={onGone} />
      </Group>
    );
  }
  return (
    <Group gap="xs">
      <Button onClick={onEdit}>{say('do.edit')}</Button>
      <SegmentPicker
        label={say('contacts.addToSegment')}
        onPick={(segment) => attach.mutate(segment)}
        without={contact.segments?.map((segment) => segment.id) ?? []}
      />
      {contact.emailStatus === 'unconfirmed' && <Resending id={id} />}
      <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
        {say('contacts.delete')}
      </Button>
      <Erasing contact={contact} onGone={onGone} />
    </Group>
  );
};

const Resending = ({ id }: { readonly id: number }) => {
  const { say } = useSpeech();
  const resend = useAct({
    run: () => answerOf(api.POST('/admin/v1/contacts/{id}/confirmation', { params: { path: { id } } })),
    told: () => say('contacts.resent'),
  });
  return (
    <Button variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
      {say('contacts.resend')}
    </Button>
  );
};

const Erasing = ({ contact, onGone }: Pick<ContactActionsProps, 'contact' | 'onGone'>) => {
  const { say } = useSpeech();
  const [isAsking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const address = channelOf(contact, 'email') ?? channelOf(contact, 'sms') ?? String(contact.id);
  const erase = useAct({ run: () => eraseContact(contact.id), told: () => say('contacts.erased'), onDone: onGone });
  return (
    <>
      <Button variant="outline" color="red" onClick={() => setAsking(true)}>
        {say('contacts.erase')}
      </Button>
      <Ask
        question={isAsking ? say('contacts.erase.explain', { address }) : undefined}
        yes={say('contacts.erase')}
        onYes={() => erase.mutate()}
        onClose={() => setAsking(false)}
        isBusy={erase.isPending}
        isAllowed={typed.trim() === address}
      >
        <TextInput
          label={<Text span>{address}</Text>}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
      </Ask>
    </>
  );
};
