import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSpeech } from './language.tsx';
import { requestOf, sentenceOf } from './problem-notice.tsx';

interface Action<Given, Result> {
  readonly run: (given: Given) => Promise<Result>;
  /** What is told when it is done. */
  readonly told?: (result: Result, given: Given) => string | undefined;
  /** How to take it back, offered beside what is told. */
  readonly undo?: (result: Result, given: Given) => Promise<unknown>;
  readonly onDone?: (result: Result, given: Given) => void;
  /** Where the problem is shown in place, it is not told beside. */
  readonly isQuiet?: boolean;
}

/** Changes something: tells how it went, offers to undo it, and reads everything on the screen again. */
export const useAct = <Given = void, Result = unknown>(action: Action<Given, Result>) => {
  const { say } = useSpeech();
  const queries = useQueryClient();
  const showProblem = (problem: Error) =>
    notifications.show({
      color: 'red',
      autoClose: false,
      message: [sentenceOf(problem, say), requestOf(problem, say)].filter(Boolean).join(' '),
      closeButtonProps: { 'aria-label': say('do.close') },
    });
  return useMutation<Result, Error, Given>({
    mutationFn: action.run,
    onSuccess: async (result, given) => {
      action.onDone?.(result, given);
      const text = action.told?.(result, given);
      const { undo } = action;
      if (text !== undefined) {
        const id = notifications.show({
          autoClose: undo ? 12_000 : 5_000,
          closeButtonProps: { 'aria-label': say('do.close') },
          message: undo ? (
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm">{text}</Text>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  notifications.hide(id);
                  undo(result, given)
                    .catch(showProblem)
                    .finally(() => queries.invalidateQueries());
                }}
              >
                {say('do.undo')}
              </Button>
            </Group>
          ) : (
            text
          ),
        });
      }
      await queries.invalidateQueries();
    },
    onError: (problem) => {
      if (!action.isQuiet) showProblem(problem);
    },
  });
};
