import { Alert, Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { fieldList } from '../../api/contacts.ts';
import { type ImportAsked, previewUpload } from '../../api/imports.ts';
import { useAct } from '../../parts/act.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { looksLikeConsent } from './consent-names.ts';
import type { Subject } from './subject.ts';

type SentFile = Extract<Subject, { readonly file: File }>;

/** What a column can go to, beside custom fields. */
const members = [
  'email',
  'sms',
  'firstName',
  'lastName',
  'externalCustomerId',
  'contactKey',
  'id',
  'region',
  'town',
  'address',
  'postcode',
  'countryCode',
  'languageCode',
  'timeZone',
  'viber',
  'telegram',
  'mobilepush',
  'webpush',
];

const encodings = ['utf-8', 'windows-1251', 'windows-1252', 'utf-16le', 'utf-16be', 'koi8-u', 'ibm866', 'iso-8859-2'];

interface WizardColumnsProps {
  readonly subject: SentFile;
  readonly asked: ImportAsked;
  readonly onChange: (members: ImportAsked) => void;
  /** The file was read anew. */
  readonly onReread: (subject: SentFile) => void;
  readonly onNext: () => void;
}

/** The first rows as they were read, and what each column goes to. */
export const WizardColumns = ({ subject, asked, onChange, onReread, onNext }: WizardColumnsProps) => {
  const { say } = useSpeech();
  const { preview, uploadId } = subject;
  const mapping = asked.fieldMapping ?? {};
  const targetOf = ({ header, target }: { header: string; target?: string }) => mapping[header] ?? target ?? '';
  const reread = useAct<Pick<ImportAsked, 'encoding' | 'delimiter'>, SentFile>({
    run: async (options) => ({ ...subject, preview: await previewUpload(uploadId, options) }),
    onDone: (read, options) => {
      onChange(options);
      onReread(read);
    },
    isQuiet: true,
  });
  const dropped = preview.columns.filter((column) => targetOf(column) === '');
  return (
    <Stack mt="md">
      <Group align="flex-end">
        <Text size="sm">
          {say('wizard.found', {
            encoding: preview.encoding,
            delimiter: preview.delimiter === '\t' ? say('wizard.tab') : preview.delimiter,
          })}
        </Text>
        <Select
          label={say('wizard.encoding')}
          data={[...new Set([preview.encoding, ...encodings])]}
          value={preview.encoding}
          onChange={(encoding) => encoding && reread.mutate({ ...optionsOf(asked), encoding })}
          w={160}
        />
        <Select
          label={say('wizard.delimiter')}
          data={[...new Set([preview.delimiter, ',', ';', '\t', '|'])].map((value) => ({
            value,
            label: value === '\t' ? say('wizard.tab') : value,
          }))}
          value={preview.delimiter}
          onChange={(delimiter) => delimiter && reread.mutate({ ...optionsOf(asked), delimiter })}
          w={140}
        />
      </Group>
      <ProblemNotice problem={reread.error} />
      {preview.notes.length > 0 && <Alert color="yellow">{preview.notes.join(' ')}</Alert>}
      <div style={{ overflowX: 'auto' }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('wizard.column')}</Table.Th>
              <Table.Th>{say('wizard.goesTo')}</Table.Th>
              <Table.Th>{say('wizard.sample')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.columns.map((column) => (
              <Table.Tr key={column.index}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{column.header}</Table.Td>
                <Table.Td>
                  <TargetChoice
                    label={say('wizard.goesTo.of', { column: column.header })}
                    value={targetOf(column)}
                    onChoose={(target) => onChange({ fieldMapping: { ...mapping, [column.header]: target } })}
                  />
                </Table.Td>
                <Table.Td>
                  <Text
                    size="sm"
                    c="dimmed"
                    lineClamp={2}
                    style={{ overflowWrap: 'anywhere', unicodeBidi: 'plaintext' }}
                  >
                    {preview.rows
                      .slice(0, 3)
                      .map((cells) => cells[column.index])
                      .filter(Boolean)
                      .join(' · ')}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {dropped.length > 0 && (
        <Alert color="yellow">
          {say('wizard.droppedWarning', {
            n: dropped.length,
            names: dropped.map(({ header }) => header).join(', '),
          })}
        </Alert>
      )}
      {dropped
        .filter(({ header }) => looksLikeConsent(header))
        .map(({ header, index }) => (
          <Alert key={index} color="red" role="alert">
            {say('wizard.consentWarning', { name: header })}
          </Alert>
        ))}
      <Group justify="flex-end">
        <Button onClick={onNext}>{say('do.next')}</Button>
      </Group>
    </Stack>
  );
};

const optionsOf = ({ encoding, delimiter }: ImportAsked): Pick<ImportAsked, 'encoding' | 'delimiter'> => ({
  ...(encoding !== undefined && { encoding }),
  ...(delimiter !== undefined && { delimiter }),
});

interface TargetChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (target: string) => void;
}

const TargetChoice = ({ label, value, onChoose }: TargetChoiceProps) => {
  const { say } = useSpeech();
  const { data } = useQuery(fieldList);
  const fields = (data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <Select
      aria-label={label}
      data={[
        { value: '', label: say('wizard.dropped') },
        { group: say('contacts.title'), items: members.map((name) => ({ value: name, label: name })) },
        { group: say('contacts.fields'), items: fields },
      ]}
      value={value}
      onChange={(target) => onChoose(target ?? '')}
      allowDeselect={false}
      searchable
      w={210}
    />
  );
};
