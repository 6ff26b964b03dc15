import { Alert, Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '../api/problem.ts';
import { type Session, signIn } from '../api/session.ts';
import { whoHas } from '../api/who-has.ts';
import { useSpeech } from './language.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** One field for an API key; Enter signs in. */
export const SignInForm = () => {
  const { say } = useSpeech();
  const [key, setKey] = useState('');
  const attempt = useMutation<Session, Error, string>({
    mutationFn: whoHas,
    onSuccess: (found) => {
      if (found.rights.includes('adminRead')) signIn(found);
    },
  });
  const { error, data } = attempt;
  const isWrong = error instanceof ApiProblem && error.status === 401;
  const isNarrow = data && !data.rights.includes('adminRead');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() !== '') attempt.mutate(key.trim());
      }}
    >
      <Stack>
        <PasswordInput
          label={say('signIn.key')}
          description={say('signIn.hint')}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
          autoFocus
        />
        {isWrong ? (
          <Alert color="red" role="alert">
            {say('signIn.wrong')}
          </Alert>
        ) : (
          <ProblemNotice problem={error} />
        )}
        {isNarrow && (
          <Alert color="orange" role="alert">
            {say('signIn.narrow', { scope: data.scope })}
          </Alert>
        )}
        <Button type="submit" loading={attempt.isPending}>
          {say('signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
};
