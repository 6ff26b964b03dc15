import { Button, Group, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { segmentChoice } from '../../api/contacts.ts';
import type { ImportAsked } from '../../api/imports.ts';
import { useSpeech } from '../../parts/language.tsx';

const matchings = ['email', 'sms', 'email_or_sms', 'externalCustomerId', 'id'] as const;

const modes = ['createAndUpdate', 'create', 'update'] as const;

interface WizardSettingsProps {
  readonly asked: ImportAsked;
  readonly onChange: (members: ImportAsked) => void;
  readonly onNext: () => void;
}

/** How contacts are matched, which segments they join, and the event of each new one. */
export const WizardSettings = ({ asked, onChange, onNext }: WizardSettingsProps) => {
  const { say } = useSpeech();
  const { data: segments = [] } = useQuery(segmentChoice);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
    >
      <Stack mt="md" maw="32rem">
        <Select
          label={say('wizard.dedupeOn')}
          data={matchings.map((value) => ({ value, label: say(`wizard.dedupeOn.${value}`) }))}
          value={asked.dedupeOn ?? 'email'}
          onChange={(dedupeOn) => dedupeOn && onChange({ dedupeOn: dedupeOn as (typeof matchings)[number] })}
          allowDeselect={false}
        />
        <Select
          label={say('wizard.mode')}
          data={modes.map((value) => ({ value, label: say(`wizard.mode.${value}`) }))}
          value={asked.importMode ?? 'createAndUpdate'}
          onChange={(importMode) => importMode && onChange({ importMode: importMode as (typeof modes)[number] })}
          allowDeselect={false}
        />
        <TagsInput
          label={say('wizard.groupNames')}
          description={say('wizard.groupNames.hint')}
          data={segments.map(({ name }) => name)}
          value={[...(asked.groupNames ?? [])]}
          onChange={(groupNames) => onChange({ groupNames })}
          maxLength={100}
        />
        <TextInput
          label={say('wizard.eventKey')}
          description={say('wizard.eventKey.hint')}
          value={asked.eventKeyForNewContacts ?? ''}
          pattern="[A-Za-z0-9_\-]{0,100}"
          onChange={(event) => onChange({ eventKeyForNewContacts: event.currentTarget.value })}
        />
        <Switch
          label={say('wizard.restoreDeleted')}
          checked={asked.restoreDeleted ?? false}
          onChange={(event) => onChange({ restoreDeleted: event.currentTarget.checked })}
        />
        <Group justify="flex-end">
          <Button type="submit">{say('do.next')}</Button>
        </Group>
      </Stack>
    </form>
  );
};
