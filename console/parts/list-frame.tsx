import { Button, Center, Group, Stack, Text } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAddress } from './address.ts';
import { useSpeech } from './language.tsx';
import { ProblemNotice } from './problem-notice.tsx';

interface ListFrameProps {
  readonly problem: Error | null;
  readonly onRetry: () => void;
  readonly isEmpty: boolean;
  /** What to do first; where filters are set, that nothing fits them is said instead. */
  readonly emptyText: string;
  readonly emptyAction?: ReactNode;
  readonly filters?: readonly string[];
  /** Where the next page begins. */
  readonly cursor?: string | undefined;
  readonly children: ReactNode;
}

/** A list with its pages: the table, or why there is none, and the way on. */
export const ListFrame = (props: ListFrameProps) => {
  const { problem, onRetry, isEmpty, cursor, children } = props;
  const [address] = useAddress();
  if (problem && isEmpty) return <ProblemNotice problem={problem} onRetry={onRetry} />;
  return (
    <Stack gap="xs">
      <ProblemNotice problem={problem} onRetry={onRetry} />
      {isEmpty && cursor === undefined && address.cursor === undefined ? <Empty {...props} /> : children}
      {(cursor !== undefined || address.cursor !== undefined) && <Pager cursor={cursor} />}
    </Stack>
  );
};

const Empty = ({ emptyText, emptyAction, filters = [] }: ListFrameProps) => {
  const { say } = useSpeech();
  const [address, change] = useAddress();
  const isFiltered = filters.some((name) => address[name] !== undefined);
  return (
    <Center py="xl">
      <Stack align="center">
        <Text c="dimmed" ta="center">
          {isFiltered ? say('list.empty') : emptyText}
        </Text>
        {isFiltered ? (
          <Button
            variant="default"
            onClick={() => change(Object.fromEntries(filters.map((name) => [name, undefined])))}
          >
            {say('list.clear')}
          </Button>
        ) : (
          emptyAction
        )}
      </Stack>
    </Center>
  );
};

const Pager = ({ cursor }: { readonly cursor: string | undefined }) => {
  const { say } = useSpeech();
  const [address, change] = useAddress();
  const { history } = useRouter();
  const isLater = address.cursor !== undefined;
  return (
    <Group justify="flex-end" component="nav" aria-label={say('list.next')}>
      {isLater && (
        <>
          <Button variant="subtle" onClick={() => change({ cursor: undefined })}>
            {say('list.first')}
          </Button>
          <Button variant="default" onClick={() => history.back()}>
            {say('list.previous')}
          </Button>
        </>
      )}
      <Button variant="default" disabled={cursor === undefined} onClick={() => change({ cursor })}>
        {say('list.next')}
      </Button>
    </Group>
  );
};
