import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSpeech } from './language.tsx';

interface AskProps {
  readonly question: string | undefined;
  readonly yes: string;
  readonly onYes: () => void;
  readonly onClose: () => void;
  readonly isBusy?: boolean;
  readonly isAllowed?: boolean;
  readonly children?: ReactNode;
}

/** Asks once before something that cannot be undone; open while there is a question. */
export const Ask = ({ question, yes, onYes, onClose, isBusy = false, isAllowed = true, children }: AskProps) => {
  const { say } = useSpeech();
  return (
    <Modal
      opened={question !== undefined}
      onClose={onClose}
      title={say('do.sure')}
      closeButtonProps={{ 'aria-label': say('do.close') }}
      centered
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isAllowed) onYes();
        }}
      >
        <Stack>
          <Text style={{ overflowWrap: 'anywhere' }}>{question}</Text>
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {say('do.cancel')}
            </Button>
            <Button type="submit" color="red.8" loading={isBusy} disabled={!isAllowed}>
              {yes}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
