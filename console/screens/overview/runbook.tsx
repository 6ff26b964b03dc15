import { Alert, Code, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { Fragment } from 'react';
import runbook from '../../../docs/runbook.md?raw';
import { Heading } from '../../parts/heading.tsx';
import { useSpeech } from '../../parts/language.tsx';
import { sectionOf } from './runbook-section.ts';

/** One section of the runbook, as the stage was deployed with it. */
export const Runbook = () => {
  const { say } = useSpeech();
  const { section: anchor = '' } = useParams({ strict: false }) as { section?: string };
  const section = sectionOf(runbook, anchor);
  if (!section) {
    return (
      <>
        <Heading title={say('runbook.title')} />
        <Alert>{say('runbook.none')}</Alert>
      </>
    );
  }
  return (
    <>
      <Heading title={section.title} />
      <Stack maw="80ch" lang="en">
        {section.blocks.map(({ isCode, text }) =>
          isCode ? (
            <Code block tabIndex={0} key={text} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {text}
            </Code>
          ) : (
            <Text key={text} style={{ overflowWrap: 'anywhere' }}>
              <Marked text={text} />
            </Text>
          ),
        )}
      </Stack>
    </>
  );
};

/** Text of which what stands between backticks is code. */
const Marked = ({ text }: { readonly text: string }) =>
  text
    .split(/(`[^`]+`)/)
    .map((part) => <Fragment key={part}>{part.startsWith('`') ? <Code>{part.slice(1, -1)}</Code> : part}</Fragment>);
