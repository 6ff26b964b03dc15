import type { components } from '../../api/openapi.d.ts';
import type { Contact } from '../../api/types.ts';

/** The members of a contact as a form has them: text, empty where there is none. */
export type ContactForm = Readonly<Record<string, string>>;

type Edit = components['schemas']['EditContact'];

const texts = ['firstName', 'lastName', 'externalCustomerId', 'languageCode', 'timeZone'] as const;
const parts = ['address', 'town', 'region', 'postcode'] as const;
const channels = ['email', 'sms'] as const;

/** A contact as a form shows it. */
export const formOf = (contact: Contact): ContactForm => ({
  ...Object.fromEntries(texts.map((name) => [name, contact[name] ?? ''])),
  ...Object.fromEntries(parts.map((name) => [name, contact.address?.[name] ?? ''])),
  ...Object.fromEntries(
    channels.map((type) => [type, contact.channels.find((channel) => channel.type === type)?.value ?? '']),
  ),
  ...Object.fromEntries((contact.fields ?? []).map(({ id, value }) => [fieldName(id), value])),
});

/** What a custom field is called in a form. */
export const fieldName = (id: number): string => `field ${id}`;

/** What a form changes, as the API takes it: what stays is left out, and what was emptied is cleared. */
export const editOf = (before: ContactForm, after: ContactForm, version: number): Edit => {
  const textOf = (name: string) => (after[name] ?? '').trim();
  const isChanged = (name: string) => textOf(name) !== (before[name] ?? '');
  const given = <Name extends string>(names: readonly Name[]) =>
    names.filter((name) => isChanged(name) && textOf(name) !== '');
  const membersOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, textOf(name)]));
  const fields = Object.keys(after).filter((name) => name.startsWith(fieldName(0).slice(0, -1)));
  const emptied = [...texts, ...parts, ...channels].filter((name) => isChanged(name) && textOf(name) === '');
  const emptiedFields = fields.filter((name) => isChanged(name) && textOf(name) === '');
  return {
    version,
    ...membersOf(given(texts)),
    ...(given(parts).length > 0 && { address: membersOf(given(parts)) }),
    ...(given(channels).length > 0 && { channels: given(channels).map((type) => ({ type, value: textOf(type) })) }),
    ...(given(fields).length > 0 && { fields: given(fields).map((name) => ({ id: idOf(name), value: textOf(name) })) }),
    ...(emptied.length + emptiedFields.length > 0 && { clear: [...emptied, ...emptiedFields.map(idOf)] }),
  };
};

const idOf = (name: string): number => Number(name.split(' ')[1]);
