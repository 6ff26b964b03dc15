import { Accordion, Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { failedRowsOf } from '../../api/imports.ts';
import { useMay } from '../../api/session.ts';
import type { Import, ImportRow } from '../../api/types.ts';
import { useAct } from '../../parts/act.tsx';
import { downloadParts } from '../../parts/download-parts.ts';
import { useSpeech } from '../../parts/language.tsx';
import { PlaceButton } from '../../parts/place.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { save } from '../../parts/save-file.ts';

const rowsAReason = 20;

/** The rows that failed, grouped by why, to be downloaded, fixed and sent again. */
export const FailedRows = ({ of }: { readonly of: Import }) => {
  const { say } = useSpeech();
  const canChange = useMay('adminChange');
  const { sessionId } = of;
  const { data, error, refetch } = useQuery(failedRowsOf(sessionId));
  const path = `/admin/v1/imports/${sessionId}/rows.csv?outcome=failed`;
  const download = useAct({ run: () => save(`rows-${sessionId}.csv`, downloadParts(path)) });
  const reasons = [...Map.groupBy(data?.items ?? [], ({ code = '', field = '' }) => `${code} ${field}`).entries()];
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4">
          {say('imports.reasons')}
        </Title>
        <Group gap="xs">
          <Button variant="default" loading={download.isPending} onClick={() => download.mutate()}>
            {say('imports.download')}
          </Button>
          {canChange && (
            <PlaceButton to="/imports/new" search={{ like: sessionId }}>
              {say('imports.sendFixed')}
            </PlaceButton>
          )}
        </Group>
      </Group>
      <ProblemNotice problem={error} onRetry={() => void refetch()} />
      <Accordion multiple defaultValue={reasons.slice(0, 1).map(([reason]) => reason)}>
        {reasons.map(([reason, rows]) => (
          <Reason key={reason} reason={reason} rows={rows} isPart={data?.cursor !== undefined} />
        ))}
      </Accordion>
    </section>
  );
};

interface ReasonProps {
  readonly reason: string;
  readonly rows: readonly ImportRow[];
  /** There are more rows than were read. */
  readonly isPart: boolean;
}

const Reason = ({ reason, rows, isPart }: ReasonProps) => {
  const { say } = useSpeech();
  return (
    <Accordion.Item value={reason}>
      <Accordion.Control>
        <Group gap="xs">
          <Badge color="red">{`${say('imports.reason.rows', { n: rows.length })}${isPart ? ' +' : ''}`}</Badge>
          <Text size="sm">{reason}</Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <RowTable rows={rows.slice(0, rowsAReason)} />
      </Accordion.Panel>
    </Accordion.Item>
  );
};

/** Rows with their lines, columns and what is wrong with each. */
export const RowTable = ({ rows }: { readonly rows: readonly ImportRow[] }) => {
  const { say } = useSpeech();
  return (
    <Stack style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={say('imports.problem')}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('imports.row')}</Table.Th>
            <Table.Th>{say('imports.column')}</Table.Th>
            <Table.Th>{say('imports.problem')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ row, line, field, message }) => (
            <Table.Tr key={row}>
              <Table.Td>{line === undefined ? row : say('imports.line', { n: String(line) })}</Table.Td>
              <Table.Td>{field}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{message}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
};
