import { Center, Paper, Stack, Title } from '@mantine/core';
import { Navigate } from '@tanstack/react-router';
import { useSession } from '../api/session.ts';
import { useAddress } from '../parts/address.ts';
import { useSpeech } from '../parts/language.tsx';
import { SignInForm } from '../parts/sign-in-form.tsx';

/** Where anyone who is not signed in begins; it leads back to where they wanted to go. */
export const SignIn = () => {
  const { say } = useSpeech();
  const [{ next }] = useAddress();
  if (useSession()) return <Navigate to={(next?.startsWith('/') ? next : '/') as never} replace />;
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={400}>
        <Stack>
          <Title order={1} size="h2">
            {say('app.title')}
          </Title>
          <SignInForm />
        </Stack>
      </Paper>
    </Center>
  );
};
