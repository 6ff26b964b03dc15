/** Contacts in one request, the most that the contract allows (contract 4.2). */
export const contactsPerRequest = 3_000;

/** The segment that every contact joins. */
export const segmentName = 'Customers';

/** The event type key of new contacts; no example consumer listens to it. */
export const eventTypeKey = 'benchmarked';

/** The body of a bulk request for the contacts from `first` on, each with an e-mail, a phone and one segment. */
export const bulkRequest = (first: number, count: number, about: { eventKeyForNewContacts?: string } = {}): string =>
  JSON.stringify({
    contacts: Array.from({ length: count }, (_, index) => contactOf(first + index)),
    dedupeOn: 'email',
    groupNames: [segmentName],
    ...about,
  });

/** The same number is always the same person. */
const contactOf = (number: number) => ({
  firstName: firstNames[number % firstNames.length],
  lastName: lastNames[number % lastNames.length],
  channels: [
    { type: 'email', value: `customer.${number}@shop.example.com` },
    { type: 'sms', value: String(380_500_000_000 + number) },
  ],
  address: { town: 'Kyiv', region: 'Kyiv', address: `Khreshchatyk ${number % 100}`, postcode: '01001' },
  languageCode: 'uk',
});

const firstNames = ['Olena', 'Taras', 'Iryna', 'Andrii', 'Sofiia', 'Maksym', 'Daryna'];
const lastNames = ['Shevchenko', 'Kovalenko', 'Bondarenko', 'Tkachenko', 'Kravchenko', 'Oliinyk'];
