import { Badge } from '@mantine/core';
import type { Import } from '../../api/types.ts';
import { useSpeech } from '../../parts/language.tsx';

const colors = {
  STARTED: 'gray',
  IMPORTING: 'blue',
  FINISHED: 'teal',
  ERROR: 'red',
  PAUSED: 'yellow',
  CANCELLED: 'gray',
} as const;

/** How far an import has come. */
export const ImportState = ({ of: { state } }: { readonly of: Import }) => {
  const { say } = useSpeech();
  return <Badge color={colors[state]}>{say(`imports.state.${state}`)}</Badge>;
};
