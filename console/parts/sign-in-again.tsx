import { Modal, Stack, Text } from '@mantine/core';
import { signOut, useSession } from '../api/session.ts';
import { useSpeech } from './language.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Asks for another key where the API refused the one of this tab, over the screen as it is. */
export const SignInAgain = () => {
  const { say } = useSpeech();
  const isRefused = useSession()?.isRefused ?? false;
  return (
    <Modal
      opened={isRefused}
      onClose={signOut}
      title={say('signIn.title')}
      closeButtonProps={{ 'aria-label': say('signOut') }}
    >
      <Stack>
        <Text>{say('signIn.again')}</Text>
        <SignInForm />
      </Stack>
    </Modal>
  );
};
