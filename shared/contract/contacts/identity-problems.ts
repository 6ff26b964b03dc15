import { isIdentified, lookupsOf } from '#domain/contacts/match.ts';
import type { ImportSettings } from '#domain/imports/import-session.ts';
import type { Problem } from '#domain/problem.ts';
import type { ReadContact } from './contact-draft.ts';

/** The channels that contacts are matched by. */
const matchingChannels: Partial<Record<ImportSettings['dedupeOn'], readonly string[]>> = {
  email: ['email'],
  sms: ['sms'],
  email_or_sms: ['sms', 'email'],
  push: ['mobilepush'],
  webpush: ['webpush'],
};

/**
 * Why an import cannot save a contact that was read: the value that it is matched by is invalid, or, which `missing`
 * says, nothing says which contact it is. An invalid value beside a valid one is no such reason.
 */
export const identityProblems = (
  { draft = {}, leftOut = [] }: Pick<ReadContact, 'draft' | 'leftOut'>,
  settings: ImportSettings,
  missing: Problem,
): readonly Problem[] => {
  const channels = matchingChannels[settings.dedupeOn] ?? [];
  const isMatchable = lookupsOf(draft, settings).length > 0;
  const lost = isMatchable ? [] : leftOut.filter(({ code, field }) => code !== 'NO_VALUE' && channels.includes(field));
  if (lost.length > 0) return lost;
  return isIdentified(draft, settings) ? [] : [missing, ...leftOut];
};
