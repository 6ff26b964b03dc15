import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { stageBucket } from '#aws/files/stage-bucket.ts';
import { answerStack } from '#web/answer-stack.ts';

/** Empties the bucket of a stage that is deleted with its data, as CloudFormation deletes empty buckets only. */
export const handler = (event: CloudFormationCustomResourceEvent): Promise<void> =>
  answerStack(event, async () => {
    if (event.RequestType === 'Delete' && (await stageBucket.goesWithStack())) await stageBucket.empty();
  });
