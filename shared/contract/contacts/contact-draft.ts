import type { ContactDraft } from '#domain/contacts/contact.ts';
import type { Problem } from '#domain/problem.ts';
import { readFieldValues } from '../fields/read-field-values.ts';
import { isObject } from '../imports/bind.ts';
import { contactLimits } from './contact-request.ts';
import { type ChannelRule, readChannels } from './read-channels.ts';
import { readMembers } from './read-members.ts';
import type { NameRule } from './read-name.ts';
import { newReading } from './reading.ts';

/** What a submitted contact came to: a draft, or every reason why it can never be saved; warnings beside either. */
export interface ReadContact {
  /** Absent if there are errors. */
  readonly draft?: ContactDraft;
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Invalid channels, which the warnings list, too: they are the reasons if nothing else says which contact it is. */
  readonly leftOut?: readonly Problem[];
}

/** How submitted contacts are read. */
export interface ReadingRule extends ChannelRule, Pick<NameRule, 'strictNames'> {
  /** Whether the contact's `id` counts, as it does for `dedupeOn=id` only. */
  readonly readsId: boolean;
}

/** The most problems that one contact lists. */
const maxProblems = 20;

/** Reads one contact of the wire into the form that the write path takes (contract 1.3, 2 and 3.5). It never throws. */
export const readContact = (value: unknown, rule: ReadingRule): ReadContact => {
  if (!isObject(value)) return { errors: [notAnObject], warnings: [] };
  const reading = newReading();
  readMembers(rule.readsId ? value : { ...value, id: undefined }, reading, rule);
  readChannels(value.channels, { ...rule, ...phonesOf(value.address, rule) }, reading);
  readFieldValues(value.fields, reading);
  if (reading.errors.length === 0 && isTooLarge(reading.draft)) reading.errors.push(tooLarge);
  const warnings = reading.warnings.slice(0, maxProblems);
  const leftOut = reading.leftOut.slice(0, maxProblems);
  if (reading.errors.length > 0) return { errors: [...reading.errors, ...leftOut].slice(0, maxProblems), warnings };
  return { draft: reading.draft, errors: [], warnings, ...(leftOut.length > 0 && { leftOut }) };
};

/** Phones of somebody whose country is known are read in it, unless they fit the usual country alone. */
const phonesOf = (address: unknown, { defaultCountry }: ReadingRule): Partial<ChannelRule> => {
  const { countryCode } = isObject(address) ? address : {};
  const code = typeof countryCode === 'string' ? countryCode.trim().toUpperCase() : '';
  return code === defaultCountry || !/^[A-Z]{2}$/.test(code) ? {} : { defaultCountry: code };
};

const notAnObject: Problem = { code: 'NOT_AN_OBJECT', field: 'contact', message: 'The contact is not an object' };

const tooLarge: Problem = {
  code: 'TOO_LARGE',
  field: 'contact',
  message: `The contact is larger than ${contactLimits.bytes / 1000} kB`,
};

const isTooLarge = (draft: ContactDraft): boolean => {
  const json = JSON.stringify(draft);
  return json.length * 3 > contactLimits.bytes && new TextEncoder().encode(json).length > contactLimits.bytes;
};
