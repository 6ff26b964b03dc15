import type { ContactDraft } from '#domain/contacts/contact.ts';
import type { ImportSettings, Outcome } from '#domain/imports/import-session.ts';

/** A contact as the oracle knows it: plain values, found by looking at all of them. */
export interface OracleContact {
  /** By the order of birth, from 1. */
  readonly number: number;
  isDeleted: boolean;
  /** The run of rows that wrote it last. */
  writtenIn: number;
  values: Values;
  readonly segments: Set<string>;
}

/** Everything that a contact says, each value under one flat name, e.g. `email`, `address.town`, `field.101`. */
type Values = ReadonlyMap<string, string>;

/** What the oracle says of one row. */
export interface OracleRow {
  readonly outcome: Outcome;
  readonly contact?: OracleContact;
}

/** How the oracle reads a value of a custom field: stored form, or `undefined` where it does not suit. */
export type ReadField = (id: number, value: string) => string | undefined;

/**
 * Contract 3 and 4.2 told a second time, as simply as can be: a list of contacts, searched from end to end, one row
 * after the other. `runs` are rows that are imported together; contacts written in one run are equally recent, and then
 * the one born last comes first.
 */
export const contactOracle = (readField: ReadField) => {
  const contacts: OracleContact[] = [];
  let run = 0;

  const importRun = (rows: readonly ContactDraft[], settings: ImportSettings): OracleRow[] => {
    run += 1;
    return rows.map((row) => importRow(row, settings));
  };

  const importRow = (row: ContactDraft, settings: ImportSettings): OracleRow => {
    const match = findContact(row, settings);
    if (match === 'refused') return { outcome: 'failed' };
    if (!match) return bear(row, settings);
    return match.isDeleted && !settings.restoreDeleted ? { outcome: 'skipped' } : update(match, row, settings);
  };

  const findContact = (row: ContactDraft, settings: ImportSettings): OracleContact | undefined | 'refused' => {
    const external = row.externalCustomerId;
    if (external) {
      const owner = contacts.find(({ values }) => values.get('externalCustomerId') === external);
      if (owner) return owner;
    }
    if (settings.dedupeOn === 'id') return findById(row);
    const wanted = dedupeValues(row, settings);
    if (wanted.length === 0 && !external) return 'refused';
    for (const [name, value] of wanted) {
      const candidates = contacts
        .filter(({ values }) => values.get(name) === value)
        .filter(({ values }) => !external || !values.has('externalCustomerId'))
        .filter(({ values }) => !external || !isContradicted(settings, name, [values.get('email'), row.email]));
      const best = candidates.sort(byPreference)[0];
      if (best) return best;
    }
    return undefined;
  };

  /** An import by phone or e-mail takes nobody over by the phone if the e-mail addresses differ. */
  const isContradicted = ({ dedupeOn }: ImportSettings, name: string, [one, other]: (string | undefined)[]): boolean =>
    dedupeOn === 'email_or_sms' && name === 'sms' && one !== undefined && other !== undefined && one !== other;

  const findById = ({ id, externalCustomerId }: ContactDraft): OracleContact | undefined | 'refused' => {
    if (id === undefined) return externalCustomerId ? undefined : 'refused';
    const contact = contacts.find(({ number }) => number === id);
    const isAnothers = externalCustomerId && contact?.values.has('externalCustomerId');
    return contact && !isAnothers ? contact : 'refused';
  };

  const dedupeValues = (row: ContactDraft, { dedupeOn, fieldId = 0 }: ImportSettings): [string, string][] => {
    const given = supplied(row, readField);
    const tokens = (type: string) => [...given].filter(([name]) => name.startsWith(`${type}.`));
    const names: Record<string, [string, string | undefined][]> = {
      email: [['email', given.get('email')]],
      sms: [['sms', given.get('sms')]],
      email_or_sms: [
        ['sms', given.get('sms')],
        ['email', given.get('email')],
      ],
      push: tokens('mobilepush'),
      webpush: tokens('webpush'),
      fieldId: [[`field.${fieldId}`, given.get(`field.${fieldId}`)]],
    };
    return (names[dedupeOn] ?? []).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []));
  };

  const bear = (row: ContactDraft, { groupNames }: ImportSettings): OracleRow => {
    const values = new Map([...supplied(row, readField)].filter(([, value]) => value !== ''));
    const contact: OracleContact = {
      number: contacts.length + 1,
      isDeleted: false,
      writtenIn: run,
      values,
      segments: new Set(groupNames),
    };
    contacts.push(contact);
    takeTokens(contact);
    return { outcome: 'created', contact };
  };

  const update = (contact: OracleContact, row: ContactDraft, settings: ImportSettings): OracleRow => {
    const values = updated(contact.values, row, settings);
    const isDifferent = contact.isDeleted || !isSame(values, contact.values);
    const isFiled = file(contact.segments, settings);
    if (isDifferent) Object.assign(contact, { values, isDeleted: false, writtenIn: run });
    takeTokens(contact);
    return { outcome: isDifferent || isFiled ? 'updated' : 'unchanged', contact };
  };

  const updated = (stored: Values, row: ContactDraft, { contactFields, customFieldsIDs }: ImportSettings): Values => {
    const given = supplied(row, readField);
    const rejected = new Set(
      (row.fields ?? []).filter(({ id, value }) => readField(id, value) === undefined).map(({ id }) => id),
    );
    const result = new Map(stored);
    const write = (name: string) => {
      const value = given.get(name);
      if (value === '') result.delete(name);
      else if (value !== undefined) result.set(name, value);
    };
    const replace = (isMeant: (name: string) => boolean) => {
      for (const name of stored.keys()) if (isMeant(name)) result.delete(name);
      for (const name of given.keys()) if (isMeant(name)) write(name);
    };

    if (!contactFields) for (const name of given.keys()) if (!name.startsWith('field.')) write(name);
    for (const member of contactFields ?? []) replace((name) => namesOf(member).some((one) => matches(name, one)));
    if (given.has('externalCustomerId')) write('externalCustomerId');
    for (const id of customFieldsIDs) if (!rejected.has(id)) replace((name) => name === `field.${id}`);
    return result;
  };

  const takeTokens = (owner: OracleContact) => {
    for (const other of contacts) {
      if (other === owner) continue;
      const kept = [...other.values].filter(([name]) => !(isMovable(name) && owner.values.has(name)));
      if (kept.length < other.values.size) Object.assign(other, { values: new Map(kept), writtenIn: run });
    }
  };

  return {
    contacts,
    importRun,
    /** Deletes a contact as the API does: softly. */
    remove: (number: number): void => {
      run += 1;
      const contact = contacts.find((one) => one.number === number);
      if (contact) Object.assign(contact, { isDeleted: true, writtenIn: run });
    },
  };
};

/** Joins and leaves segments; whether that changed anything. */
const file = (segments: Set<string>, { groupNames, groupNamesExclude }: ImportSettings): boolean => {
  const before = segments.size;
  const left = groupNamesExclude.filter((name) => segments.delete(name)).length;
  for (const name of groupNames) segments.add(name);
  return left > 0 || segments.size > before - left;
};

/** What a row supplies, by flat names; `''` clears. */
const supplied = (row: ContactDraft, readField: ReadField): Values => {
  const values = new Map<string, string>();
  for (const name of ['externalCustomerId', 'email', 'sms', 'firstName', 'lastName', 'languageCode'] as const) {
    if (row[name] !== undefined) values.set(name, row[name] ?? '');
  }
  for (const [part, value] of Object.entries(row.address ?? {})) values.set(`address.${part}`, value ?? '');
  for (const { type, value } of row.tokens ?? []) values.set(`${type}.${value}`, value);
  for (const { id, value } of row.fields ?? []) {
    const read = readField(id, value);
    if (read !== undefined) values.set(`field.${id}`, read);
  }
  return values;
};

/** The flat names that a member of `contactFields` stands for; a full stop at the end stands for all below. */
const namesOf = (member: string): string[] => {
  if (member === 'address') return ['address.address', 'address.countryCode'];
  if (['town', 'region', 'postcode'].includes(member)) return [`address.${member}`];
  return ['mobilepush', 'webpush'].includes(member) ? [`${member}.`] : [member];
};

const matches = (name: string, wanted: string): boolean =>
  wanted.endsWith('.') ? name.startsWith(wanted) : name === wanted;

const isMovable = (name: string): boolean => name.startsWith('mobilepush.') || name.startsWith('webpush.');

const byPreference = (one: OracleContact, other: OracleContact): number =>
  Number(one.isDeleted) - Number(other.isDeleted) || other.writtenIn - one.writtenIn || other.number - one.number;

const isSame = (one: Values, other: Values): boolean =>
  one.size === other.size && [...one].every(([name, value]) => other.get(name) === value);
