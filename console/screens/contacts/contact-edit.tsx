import { Alert, Button, Group, SimpleGrid, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { contactOf, fieldList } from '../../api/contacts.ts';
import type { components } from '../../api/openapi.d.ts';
import { ApiProblem } from '../../api/problem.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Contact } from '../../api/types.ts';

import { useAct } from '../../parts/act.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import type { TextKey } from '../../texts/catalogue.ts';
import { type ContactForm, editOf, fieldName, formOf } from './contact-form.ts';

type EditedContact = components['schemas']['EditedContact'];

const members: readonly (readonly [name: string, label: TextKey])[] = [
  ['firstName', 'contacts.firstName'],
  ['lastName', 'contacts.lastName'],
  ['email', 'contacts.email'],
  ['sms', 'contacts.sms'],
  ['externalCustomerId', 'contacts.externalCustomerId'],
  ['languageCode', 'contacts.languageCode'],
  ['timeZone', 'contacts.timeZone'],
  ['address', 'contacts.street'],
  ['town', 'contacts.town'],
  ['region', 'contacts.region'],
  ['postcode', 'contacts.postcode'],
];

interface ContactEditProps {
  readonly contact: Contact;
  readonly onClose: () => void;
}

/** Changes a contact, on the condition that nobody else did meanwhile; anyone who comes second sees both versions. */
export const ContactEdit = ({ contact, onClose }: ContactEditProps) => {
  const { say } = useSpeech();
  const { data: fields } = useQuery(fieldList);
  const [before, setBefore] = useState(contact);
  const [form, setForm] = useState(() => formOf(contact));
  const [theirs, setTheirs] = useState<Contact>();
  const save = useAct<Contact, EditedContact>({
    run: async (base) => {
      const { id } = contact;
      return answerOf(
        api.PUT('/admin/v1/contacts/{id}', {
          params: { path: { id } },
          body: editOf(formOf(base), form, base.version),
        }),
      );
    },
    told: ({ warnings }) => [say('contacts.saved'), ...warnings].join(' '),
    onDone: onClose,
    isQuiet: true,
  });
  const send = (base: Contact) =>
    save.mutate(base, {
      onError: async (problem) => {
        if (!(problem instanceof ApiProblem) || problem.status !== 409) return;
        setTheirs(await queryClient.fetchQuery({ ...contactOf(contact.id), staleTime: 0 }));
      },
    });
  const labels = new Map([
    ...members.map(([name, label]) => [name, say(label)] as const),
    ...(fields?.items ?? []).map(({ id, name }) => [fieldName(id), name] as const),
  ]);
  const input = (name: string) => (
    <TextInput
      key={name}
      label={labels.get(name)}
      value={form[name] ?? ''}
      onChange={(event) => setForm({ ...form, [name]: event.currentTarget.value })}
      autoComplete="off"
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send(before);
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {say('contacts.blankHint')}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>{[...labels.keys()].map(input)}</SimpleGrid>
        {theirs ? (
          <Conflict
            mine={form}
            theirs={formOf(theirs)}
            labels={labels}
            onOverwrite={() => {
              setBefore(theirs);
              setTheirs(undefined);
              send(theirs);
            }}
            onTake={() => {
              setBefore(theirs);
              setForm(formOf(theirs));
              setTheirs(undefined);
            }}
          />
        ) : (
          <ProblemNotice problem={save.error} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {say('do.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={theirs !== undefined}>
            {say('do.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

interface ConflictProps {
  readonly mine: ContactForm;
  readonly theirs: ContactForm;
  readonly labels: ReadonlyMap<string, string>;
  readonly onOverwrite: () => void;
  readonly onTake: () => void;
}

const Conflict = ({ mine, theirs, labels, onOverwrite, onTake }: ConflictProps) => {
  const { say } = useSpeech();
  const differing = [...labels].filter(([name]) => (mine[name] ?? '') !== (theirs[name] ?? ''));
  return (
    <Alert color="orange" role="alert">
      <Text size="sm">{say('contacts.conflict')}</Text>
      <Table my="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            <Table.Th>{say('contacts.conflict.mine')}</Table.Th>
            <Table.Th>{say('contacts.conflict.theirs')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differing.map(([name, label]) => (
            <Table.Tr key={name}>
              <Table.Th>{label}</Table.Th>
              <Table.Td>{mine[name]}</Table.Td>
              <Table.Td>{theirs[name]}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group>
        <Button size="xs" onClick={onOverwrite}>
          {say('contacts.conflict.overwrite')}
        </Button>
        <Button size="xs" variant="default" onClick={onTake}>
          {say('contacts.conflict.take')}
        </Button>
      </Group>
    </Alert>
  );
};
