import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { answerStack } from '#aws/clients/answer-stack.ts';
import { stageBucket } from '#aws/files/stage-bucket.ts';

/** Empties the bucket of a stage that is deleted with its data, as CloudFormation deletes empty buckets only. */
export const handler = (event: CloudFormationCustomResourceEvent): Promise<void> =>
  answerStack(event, async () => {
    if (event.RequestType === 'Delete' && (await stageBucket.goesWithStack())) await stageBucket.empty();
  });
