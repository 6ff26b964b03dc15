import * as z from 'zod/mini';

/** The body of a message about a file that could be neither fetched nor cut: whose session it is, in either form. */
export const failedUploadMessage = z.pipe(
  z.union([z.object({ session: z.object({ sessionId: z.uuid() }) }), z.object({ sessionId: z.uuid() })]),
  z.transform((message) => ({ sessionId: 'session' in message ? message.session.sessionId : message.sessionId })),
);
