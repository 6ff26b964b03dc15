import { carriedText } from '#contract/carried-text.ts';
import { keptName } from '#contract/contacts/kept-name.ts';
import { canonicalLanguage, canonicalTimeZone } from '#contract/contacts/locale.ts';
import { isPersonName } from '#contract/contacts/person-name.ts';
import { orderOfFormat } from '#contract/files/date-order.ts';
import { ordersOf } from '#contract/files/date-text.ts';
import { splitName } from '#contract/files/full-name.ts';
import { knownHeader } from '#contract/files/header-names.ts';
import { tagsOfMembers } from '#contract/files/read-tags.ts';
import { parseAddContacts } from '#contract/imports/add-contacts.ts';
import { parseSender } from '#contract/messages/message-sender.ts';
import { readMoment } from '#contract/moment.ts';
import { readOrders } from '#contract/orders/orders.ts';
import { parseSubscription } from '#contract/subscriptions/subscription.ts';
import { openFile } from '#csv/open-file.ts';
import { readProperty } from '#csv/vcard-cells.ts';
import { normaliseFieldValue } from '#domain/fields/field-value.ts';
import { readLink } from '#domain/files/link.ts';
import { fillText, inOneLine } from '#domain/messages/render-message.ts';
import { acceptedLanguages } from '#http/accepted-languages.ts';
import { readForm, readJson } from '#http/body.ts';
import { normaliseEmail } from '#identity/email.ts';
import { normalisePhone } from '#identity/phone.ts';
import { bareIdentifier, withoutGuard } from '#identity/spreadsheet-cell.ts';
import { fileSource } from '#test/support/files/file-source.ts';

const contactNamed = (text: string) => ({
  firstName: text,
  externalCustomerId: text,
  channels: [
    { type: 'email', value: text },
    { type: 'sms', value: text },
  ],
  address: { town: text },
  fields: [{ id: text, value: text }],
  languageCode: text,
  timeZone: text,
});

const fields = ['textfield', 'number', 'decimal', 'date', 'datetime', 'checkboxlist'] as const;

const readFile = async (bytes: Buffer): Promise<void> => {
  const { rows } = await openFile(fileSource(bytes), {});
  for await (const _row of rows());
};

/** Everything that reads text from outside, by what it reads. What it makes of the text is of no interest here. */
export const outsideParsers: Readonly<Record<string, (text: string) => unknown>> = {
  'a JSON body': (text) => readJson({ body: text } as Parameters<typeof readJson>[0], Number.POSITIVE_INFINITY),
  'a form': (text) => readForm({ body: text } as Parameters<typeof readForm>[0], Number.POSITIVE_INFINITY),
  'a text that is carried': carriedText,
  'a subscription': (text) =>
    parseSubscription({ contact: contactNamed(text), groups: [text], formType: text }, { defaultCountry: 'UA' }),
  'a bulk request': (text) => parseAddContacts({ contacts: [contactNamed(text)] }, { defaultCountry: 'UA' }),
  'an e-mail address': normaliseEmail,
  'a phone number': (text) => normalisePhone(text, 'UA'),
  'a name': (text) => isPersonName(text, 'lastName', 10_000_000),
  'a name that is kept': (text) => keptName(text, 40),
  'a language and a time zone': (text) => [canonicalLanguage(text), canonicalTimeZone(text)],
  'a moment': readMoment,
  'a sender': (text) => parseSender(text, []),
  'a link': (text) => readLink(`https://example.com/${text}`, { allowsHttp: false }),
  'the value of a custom field': (text) =>
    fields.map((type) =>
      normaliseFieldValue({ id: 101, group: 'Own', name: 'x', key: 'X', type, identifier: false }, text),
    ),
  'a header and a cell': (text) => [knownHeader(text), withoutGuard(text), bareIdentifier(text)],
  'a full name': (text) => [splitName(text), splitName('Ann Lee', text)],
  'a date in a cell': (text) => [ordersOf(text), orderOfFormat(text)],
  tags: (text) => tagsOfMembers({ tags: text, lists: [text] }),
  'a line of a vCard': (text) => [
    readProperty(text),
    readProperty(`TEL;TYPE=${text}:1`),
    readProperty(`N;ENCODING=QUOTED-PRINTABLE:${text}`),
  ],
  orders: (text) =>
    readOrders(
      {
        orders: [
          { externalOrderId: text, date: text, status: text, email: text, phone: text, items: [{ name: text }] },
        ],
      },
      { defaultCountry: 'UA' },
    ),
  'the languages of a browser': acceptedLanguages,
  'the text of a message': (text) => [fillText(text, {}, String), inOneLine(text)],
  'a file in UTF-8': (text) => readFile(Buffer.from(text)),
  'a file in windows-1252': (text) => readFile(Buffer.from(text, 'latin1')),
};
