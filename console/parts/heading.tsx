import { Group, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useSpeech } from './language.tsx';

/** The heading of a screen, which names the tab too, with what can be done there. */
export const Heading = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => {
  const { say } = useSpeech();
  useEffect(() => {
    document.title = `${title} · ${say('app.title')}`;
  }, [title, say]);
  return (
    <Group justify="space-between" mb="md">
      <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
        {title}
      </Title>
      {children && <Group gap="xs">{children}</Group>}
    </Group>
  );
};
