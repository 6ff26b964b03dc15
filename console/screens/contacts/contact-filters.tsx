import { Button, Group, MultiSelect, Popover, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { segmentChoice } from '../../api/contacts.ts';
import { sourceLabels, sources } from '../../api/sources.ts';
import { useAddress } from '../../parts/address.ts';
import { useSpeech } from '../../parts/language.tsx';
import { contactColumns, usualColumns } from './contact-columns.tsx';

const states = ['active', 'unconfirmed', 'unsubscribed', 'deleted'] as const;

const waitMs = 300;

/** What contacts are looked for by. */
export const ContactFilters = () => {
  const { say } = useSpeech();
  const [address, change] = useAddress();
  const [search, setSearch] = useState(address.search ?? '');
  const look = useDebouncedCallback((text: string) => change({ search: text.trim(), cursor: undefined }), waitMs);
  return (
    <Group mb="md" align="flex-end" gap="xs">
      <TextInput
        type="search"
        aria-label={say('contacts.search')}
        placeholder={say('contacts.search')}
        title={say('app.shortcut')}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          look(event.currentTarget.value);
        }}
        style={{ flex: '1 1 14rem' }}
      />
      <Choice
        name="source"
        label={say('contacts.source')}
        of={sources.map((value) => ({ value, label: sourceLabels[value] }))}
      />
      <Choice
        name="state"
        label={say('contacts.state')}
        of={states.map((value) => ({ value, label: say(`contacts.state.${value}`) }))}
      />
      <SegmentChoice />
      <MoreFilters />
    </Group>
  );
};

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly of: { readonly value: string; readonly label: string }[];
}

/** One member of the address, chosen from a list. */
const Choice = ({ name, label, of }: ChoiceProps) => {
  const [address, change] = useAddress();
  return (
    <Select
      aria-label={label}
      placeholder={label}
      data={of}
      value={address[name] ?? null}
      onChange={(value) => change({ [name]: value ?? undefined, cursor: undefined })}
      clearable
      searchable={of.length > 8}
      w={170}
    />
  );
};

const SegmentChoice = () => {
  const { say } = useSpeech();
  const { data = [] } = useQuery(segmentChoice);
  const of = data.map(({ id, name }) => ({ value: String(id), label: name }));
  return <Choice name="segmentId" label={say('contacts.segment')} of={of} />;
};

const MoreFilters = () => {
  const { say } = useSpeech();
  const [address, change] = useAddress();
  const columns = contactColumns(say, {});
  const day = (name: 'createdFrom' | 'createdTo' | 'updatedFrom' | 'updatedTo', label: string) => (
    <TextInput
      type="date"
      label={label}
      value={address[name] ?? ''}
      onChange={(event) => change({ [name]: event.currentTarget.value, cursor: undefined }, { replace: true })}
    />
  );
  return (
    <Popover position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <Button variant="default">{`${say('list.filters')} · ${say('list.columns')}`}</Button>
      </Popover.Target>
      <Popover.Dropdown maw="min(92vw, 24rem)">
        <Stack gap="xs">
          <Group grow>
            {day('createdFrom', `${say('contacts.created')} ${say('list.from')}`)}
            {day('createdTo', say('list.to'))}
          </Group>
          <Group grow>
            {day('updatedFrom', `${say('contacts.updated')} ${say('list.from')}`)}
            {day('updatedTo', say('list.to'))}
          </Group>
          <Select
            label={say('contacts.order')}
            data={[
              { value: 'newest', label: say('contacts.order.newest') },
              { value: 'id', label: say('contacts.order.id') },
            ]}
            value={address.order ?? 'newest'}
            onChange={(order) => change({ order: order === 'id' ? 'id' : undefined, cursor: undefined })}
            comboboxProps={{ withinPortal: false }}
          />
          <MultiSelect
            label={say('list.columns')}
            data={columns.map(({ id, title }) => ({ value: id, label: title }))}
            value={address.columns?.split(',') ?? usualColumns}
            onChange={(chosen) => change({ columns: chosen.join(',') }, { replace: true })}
            comboboxProps={{ withinPortal: false }}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
};
