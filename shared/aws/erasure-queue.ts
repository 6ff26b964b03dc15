import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ErasureQueue } from '#domain/ports.ts';
import { environmentNames } from '#names/environment.ts';
import { fromEnvironment, lazily } from './connect.ts';
import { patiently } from './retry.ts';
import { sqs } from './sqs-client.ts';

/** The queue of erasures whose traces are still to be wiped. */
export const erasureQueueOn = (client: SQSClient, queueUrl: string): ErasureQueue => ({
  send: async (work, delaySeconds = 0) => {
    await patiently(() =>
      client.send(
        new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(work), DelaySeconds: delaySeconds }),
      ),
    );
  },
});

/** The erasure queue of this stage. */
export const erasureQueue: ErasureQueue = lazily(() =>
  erasureQueueOn(sqs(), fromEnvironment(environmentNames.erasureQueueUrl)),
);
