import type { MessageContent } from '#domain/messages/message.ts';
import type { Problem } from '#domain/problem.ts';
import { log } from '#shared/log.ts';

/** Writes down which members of a contact were left out, and why: the answer has no place for it (contract 2.7). */
export const logWarnings = ({ id, warnings }: { readonly id: number; readonly warnings: readonly Problem[] }): void => {
  if (warnings.length === 0) return;
  log.info('Members were left out of a contact', {
    contactId: id,
    members: warnings.map(({ code, field }) => ({ code, field })),
  });
};

/** Logs which members of an order were left out, and why. The id of an order is the shop's own and names no person. */
export const logOrderWarnings = (externalOrderId: string, warnings: readonly Problem[]): void => {
  if (warnings.length === 0) return;
  const members = warnings.map(({ code, field }) => ({ code, field }));
  log.info('Members were left out of an order', { externalOrderId, members });
};

/** Writes down what of an event counts for nothing, or would have been refused by version 2 of the API (contract 4.16). */
export const logEventWarnings = (requestId: string, warnings: readonly Problem[]): void => {
  if (warnings.length === 0) return;
  const members = warnings.map(({ code, field }) => ({ code, field }));
  log.warn('An event was taken with members that are not valid', { requestId, members });
};

/** Writes down that a message is not from the address that its caller asked for, which is answered instead. */
export const logOtherSender = (about: Readonly<Record<string, string | number>>, content: MessageContent): void => {
  if (content.channel !== 'email' || content.from.replyTo === undefined) return;
  log.warn('A message comes from the address of the stage instead of the one that was asked for', about);
};
