import { Code, Stack, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';

const settingsInForce = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => answerOf(api.GET('/admin/v1/settings', { signal })),
});

/** The settings of the stage as they are in force. */
export const Stage = () => {
  const { say } = useSpeech();
  const { data, error, refetch } = useQuery(settingsInForce);
  const rows = data && Object.entries(data).map(([name, value]) => ({ name, value: JSON.stringify(value) }));
  return (
    <Stack>
      <Text>{say('settings.stage.explain')}</Text>
      <ProblemNotice problem={error} onRetry={() => void refetch()} />
      <DataTable
        label={say('settings.stage')}
        columns={[
          { id: 'name', title: say('settings.setting'), cell: ({ name }) => name },
          { id: 'value', title: say('settings.value'), cell: ({ value }) => <Code>{value}</Code> },
        ]}
        rows={rows}
        keyOf={({ name }) => name}
      />
    </Stack>
  );
};
