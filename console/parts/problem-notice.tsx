import { Alert, Button, Text } from '@mantine/core';
import { ApiProblem } from '../api/problem.ts';
import { type Say, useSpeech } from './language.tsx';

/** What a problem means and what to do about it, in one sentence or two. */
export const sentenceOf = (problem: Error, say: Say): string => {
  if (!(problem instanceof ApiProblem)) return problem.message;
  if (problem.status === 0) return say('problem.offline');
  if (problem.status === 429) return say('problem.busy');
  if (problem.status >= 500) return say('problem.broken');
  if (problem.status === 403) return `${say('problem.forbidden')} ${problem.message}`;
  return problem.status === 404 ? `${say('problem.gone')} ${problem.message}` : problem.message;
};

/** By which a problem is found in the logs, as a sentence; none where no answer came. */
export const requestOf = (problem: Error, say: Say): string | undefined =>
  problem instanceof ApiProblem && problem.requestId !== undefined
    ? say('problem.request', { id: problem.requestId })
    : undefined;

interface ProblemNoticeProps {
  readonly problem: Error | null | undefined;
  readonly onRetry?: () => void;
}

/** Tells a problem where it happened; nothing where there is none. */
export const ProblemNotice = ({ problem, onRetry }: ProblemNoticeProps) => {
  const { say } = useSpeech();
  if (!problem) return null;
  const request = requestOf(problem, say);
  return (
    <Alert color="red" role="alert" variant="light">
      <Text size="sm">{sentenceOf(problem, say)}</Text>
      {request !== undefined && (
        <Text size="xs" mt={4}>
          {request}
        </Text>
      )}
      {onRetry && (
        <Button size="xs" variant="default" mt="xs" onClick={onRetry}>
          {say('do.retry')}
        </Button>
      )}
    </Alert>
  );
};
