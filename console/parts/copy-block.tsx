import { Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { useSpeech } from './language.tsx';

/** Text to copy, with its heading. */
export const CopyBlock = ({ title, text }: { readonly title: string; readonly text: string }) => {
  const { say } = useSpeech();
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb={4}>
        <Text fw={600} size="sm">
          {title}
        </Text>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? say('do.copied') : say('do.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block tabIndex={0} style={{ maxHeight: '20rem', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
    </section>
  );
};
