import { isObject } from '../imports/bind.ts';

/**
 * Whether a subscription fell for the trap: the member named by the setting `honeypotField`, which people cannot see in
 * a form, is filled in. Without the setting there is no trap.
 */
export const isTrapped = (body: unknown, field: string): boolean => {
  if (field === '' || !isObject(body) || !Object.hasOwn(body, field)) return false;
  const value = body[field];
  return typeof value === 'string' ? value.trim() !== '' : value !== null && value !== false;
};

/** Contact ids are leased from 1 upwards, so that none is ever this large. */
const firstIdOfNobody = 2 ** 52;

/**
 * An answer that tells nothing, to anyone who fell for the trap and where a stage asks for it: that of a new subscriber, with
 * an id that no contact has.
 */
export const silentAnswer = (hasEmail: boolean, random: string) => ({
  id: firstIdOfNobody + Number.parseInt(random.replaceAll('-', '').slice(0, 12), 16),
  ...(hasEmail && { emailStatus: 'NEED_CONFIRMATION' as const }),
});
