import type { MessageChannels } from '#domain/message-ports.ts';
import { settings } from './settings.ts';

/** The channels of this stage: e-mail, and SMS where its settings name a sender. */
export const messageChannels: MessageChannels = {
  missing: (channel) =>
    channel === 'sms' && settings.smsSenders().length === 0
      ? 'SMS are not set up here: the setting smsSenders names no sender'
      : undefined,
};
