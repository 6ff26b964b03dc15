import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { contactsPage } from '../../api/contacts.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { contactColumns } from '../contacts/contact-columns.tsx';

const newestShown = 10;

/** Who came last. */
export const NewestContacts = () => {
  const { say } = useSpeech();
  const { data, error, refetch } = useQuery(contactsPage({ limit: newestShown }));
  if (data?.items.length === 0) return <Text c="dimmed">{say('overview.noneNew')}</Text>;
  const columns = contactColumns(say, {}).filter(({ id }) => ['name', 'source', 'createdAt'].includes(id));
  return (
    <>
      <ProblemNotice problem={error} onRetry={() => void refetch()} />
      {(data || !error) && (
        <DataTable label={say('overview.newest')} columns={columns} rows={data?.items} keyOf={({ id }) => id} />
      )}
    </>
  );
};
