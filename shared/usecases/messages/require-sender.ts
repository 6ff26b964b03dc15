import { RollcallError } from '#domain/error.ts';
import type { MessageChannel } from '#domain/messages/message.ts';
import type { MessageChannels } from '#domain/messages/ports.ts';

/** @throws RollcallError NO_SENDER if the stage has nothing that messages of a channel could come from. */
export const requireSender = (
  { messageChannels }: { readonly messageChannels: MessageChannels },
  channel: MessageChannel,
): void => {
  const missing = messageChannels.missing(channel);
  if (missing !== undefined) throw new RollcallError('NO_SENDER', missing);
};
