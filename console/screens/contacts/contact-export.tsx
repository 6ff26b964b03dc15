import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../parts/act.tsx';
import { useAddress, writeAddress } from '../../parts/address.ts';
import { downloadParts } from '../../parts/download-parts.ts';
import { useSpeech } from '../../parts/language.tsx';
import { save } from '../../parts/save-file.ts';
import { contactsQueryOf } from './contacts-query.ts';

/** Downloads whatever the filters choose, part after part, each written down as it comes. */
export const ContactExport = () => {
  const { say } = useSpeech();
  const [address] = useAddress();
  const [rows, setRows] = useState(0);
  const act = useAct({
    run: () => {
      const { cursor: _page, ...query } = contactsQueryOf(address);
      return save('contacts.csv', counted(downloadParts(`/admin/v1/contacts.csv${writeAddress(query)}`), setRows));
    },
    told: () => undefined,
  });
  return (
    <Button
      variant="default"
      loading={act.isPending && rows === 0}
      disabled={act.isPending}
      onClick={() => act.mutate()}
    >
      {act.isPending && rows > 0 ? say('contacts.exporting', { n: rows }) : say('contacts.export')}
    </Button>
  );
};

async function* counted(parts: AsyncIterable<string>, tell: (rows: number) => void): AsyncGenerator<string> {
  let rows = 0;
  for await (const part of parts) {
    rows += part.split('\r\n').length - 1;
    tell(rows);
    yield part;
  }
  tell(0);
}
