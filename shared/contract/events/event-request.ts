import * as z from 'zod/mini';
import { RollcallError } from '#domain/error.ts';
import type { EventIdentifiers } from '#domain/events/event-subject.ts';
import { type ContactLine, voidLine } from '#domain/files/contact-line.ts';
import type { Problem } from '#domain/problem.ts';
import { derivedKey, identifiersOf, junkParams } from '#identity/event-identifiers.ts';
import type { JunkRule } from '#identity/junk.ts';
import { readContactLine } from '../contacts/contact-json.ts';
import type { NameRule } from '../contacts/read-name.ts';
import { noIdentity } from '../contacts/reading.ts';
import { binderOf, isObject } from '../imports/bind.ts';
import { describeIssues } from '../issue.ts';
import { readEventParams } from './event-params.ts';

/** The bounds of an event that a caller raises (contract 1.6 and 4.16). */
export const eventLimits = { typeKeyLength: 100, keyLength: 300 } as const;

/** Bytes of an event at most (contract 1.6). */
export const maxEventBytes = 20_480;

/** What keys cannot have by contract 4.16, with what no text should have. */
const allowed = /^[^<>;’\\/|"`'^?!,\p{Cc}\uFFFD]*$/u;

/** The key of a type of event. */
export const eventTypeKey = z.string().check(
  z.trim(),
  z.minLength(1),
  z.maxLength(eventLimits.typeKeyLength),
  z.meta({
    description: 'What happened. Version 2 refuses < > ; ’ \\ / | " ` \' ^ ? ! and commas',
    examples: ['cartAbandoned'],
  }),
);

const eventParam = z.object({
  name: z.string().check(z.meta({ examples: ['email'] })),
  value: z.unknown().check(z.describe('Text; in version 2 whatever JSON can hold')),
});

const keysRequest = z.object({
  eventTypeKey,
  keyValue: z.optional(
    z
      .string()
      .check(
        z.trim(),
        z.maxLength(eventLimits.keyLength),
        z.describe('What tells this event from others of its type; if absent, the identifier that the parameters name'),
      ),
  ),
});

/** Every member of an event that callers send, to be extended; what is named for the document cannot be. */
export const eventMembers = z.extend(keysRequest, {
  params: z.optional(
    z
      .array(eventParam)
      .check(z.describe('Their names are unique. Among them: who the event is about, e.g. `email` or `contactId`')),
  ),
});

/** The body of `POST /api/v1/event` and `POST /api/v2/event` (contract 4.16). */
export const eventRequest = eventMembers.check(
  z.meta({
    id: 'Event',
    examples: [
      {
        eventTypeKey: 'cartAbandoned',
        keyValue: 'mail@example.com',
        params: [{ name: 'email', value: 'mail@example.com' }],
      },
    ],
  }),
);

/** How events are read. */
export interface EventRule extends Pick<NameRule, 'strictNames'> {
  /** ISO 3166-1 alpha-2; national phone numbers are read in it. */
  readonly defaultCountry: string;
  /** What stands for no identity in this stage. */
  readonly junk?: JunkRule;
  /** Version 2: keys are held to their characters, values may be any JSON, and `contactJson` is checked. */
  readonly isStrict: boolean;
}

/** An event that was read. */
export interface SubmittedEvent {
  readonly eventTypeKey: string;
  readonly keyValue: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Whom it says that it is about. */
  readonly identifiers: EventIdentifiers;
  /** The contact of its `contactJson`, in version 2. */
  readonly line?: ContactLine;
  /** What version 2 would have refused, and what counts for nothing. */
  readonly warnings: readonly Problem[];
}

const bindKeys = binderOf(keysRequest);

/**
 * Reads one event, leniently (contract 1.3 and 4.16); `parameters` counts as `params`.
 * @throws RollcallError INVALID_REQUEST that says what is wrong.
 */
export const parseEvent = (body: unknown, rule: EventRule): SubmittedEvent => {
  if (!isObject(body)) throw invalid('The body must be an event object');
  const parsed = keysRequest.safeParse(bindKeys(body));
  if (!parsed.success) throw invalid(describeIssues(parsed.error.issues));
  const { params, warnings } = readEventParams(body.params ?? body.parameters, rule);
  const keyValue =
    parsed.data.keyValue || derivedKey(params, rule.junk)?.slice(0, eventLimits.keyLength).toWellFormed();
  if (keyValue === undefined) {
    throw invalid('keyValue must be given if no parameter says who the event is about, e.g. contactId or email');
  }
  const keys = { eventTypeKey: parsed.data.eventTypeKey, keyValue: parsed.data.keyValue ?? '' };
  const isChecked = rule.isStrict && Object.hasOwn(params, 'contactJson');
  const { line, leftOut } = isChecked ? parseLine(params.contactJson, rule) : { line: undefined, leftOut: [] };
  return {
    eventTypeKey: keys.eventTypeKey,
    keyValue,
    params,
    identifiers: identifiersOf(params, rule),
    ...(line && { line }),
    warnings: [...checkedKeys(keys, rule), ...warnings, ...leftOut, ...nobodyIn(params, rule)],
  };
};

/** An event about `null` is about nobody, and not about another who is called so. */
const nobodyIn = (params: SubmittedEvent['params'], { junk }: EventRule): Problem[] =>
  junkParams(params, junk).map(({ name, value }) => {
    const { message, ...problem } = noIdentity(`params.${name}`, value);
    return { ...problem, message: `${message}, so the event is not about whom it names` };
  });

/** How events are read that come to a path, which says the version of the API. */
export interface CalledRule extends Pick<EventRule, 'defaultCountry' | 'junk'> {
  readonly calledPath: string;
}

/** Reads one event by the version of the API that was called. */
export const readEvent = (body: unknown, { defaultCountry, junk, calledPath }: CalledRule): SubmittedEvent =>
  parseEvent(body, { defaultCountry, ...(junk && { junk }), isStrict: isVersion2(calledPath) });

/** Whether a path belongs to version 2 of the API. */
export const isVersion2 = (path: string): boolean => path.startsWith('/api/v2/');

const checkedKeys = (keys: Readonly<Record<string, string>>, { isStrict }: EventRule): Problem[] => {
  const bad = Object.entries(keys).filter(([, key]) => !allowed.test(key));
  const problems = bad.map(([field]): Problem => {
    const message = `${field} must have none of < > ; ’ \\ / | " \` ' ^ ? ! ,`;
    return { code: 'INVALID_MEMBER', field, message };
  });
  if (isStrict && problems.length > 0) throw invalid(problems.map(({ message }) => message).join('; '));
  return problems;
};

const parseLine = (value: unknown, rule: EventRule) => {
  const { line, errors, warnings = [] } = readContactLine(value, rule);
  if (!line) throw voidLine(errors);
  return { line, leftOut: warnings.map(inItsParam) };
};

const inItsParam = (problem: Problem): Problem => ({ ...problem, field: `params.contactJson.${problem.field}` });

const invalid = (message: string): RollcallError => new RollcallError('INVALID_REQUEST', message);
