import type { MessageChannel } from '#domain/messages/message.ts';
import { normaliseEmail } from './email.ts';
import { normalisePhone } from './phone.ts';

/** An address in the form in which contacts have it; `undefined` if the text is none for this channel. */
export const readAddress = (channel: MessageChannel, text: string, defaultCountry: string): string | undefined =>
  channel === 'email' ? normaliseEmail(text) : normalisePhone(text, defaultCountry);
