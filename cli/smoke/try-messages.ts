import * as z from 'zod';
import { NotHere, type Smoke } from './smoke.ts';
import { mailSettings } from './try-subscription.ts';

/** An e-mail to the simulator of Amazon SES, which takes it as a mail server would. */
export const tryMessage = async (smoke: Smoke): Promise<void> => {
  const { senderAddress } = await mailSettings(smoke);
  if (!senderAddress) throw new NotHere('there is no senderAddress, so no message can be sent');
  const email = smoke.addressOf('message');
  const { results } = await smoke.ask({
    method: 'POST',
    path: '/api/v1/message/email',
    body: { subject: smoke.name, plainText: 'Nobody reads this.', emails: [email] },
    answer: z.object({
      results: z.tuple([z.object({ locator: z.literal(email), status: z.literal('OK'), requestId: z.uuid() })]),
    }),
  });
  await smoke.until({
    path: `/api/v1/message/status?ids=${results[0].requestId}`,
    answer: z.object({ results: z.tuple([z.object({ status: z.literal('DELIVERED') })]) }),
  });
};
