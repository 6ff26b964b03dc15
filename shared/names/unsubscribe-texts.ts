/** What the pages behind an unsubscribe link say, by language. `{organisation}` stands for the setting `organisationName`. */
export const unsubscribeTexts = {
  en: {
    /** The language of the texts (RFC 5646). */
    language: 'en',
    openTitle: 'Unsubscribe',
    openText: 'Press the button, and {organisation} will send no more news to this address.',
    openButton: 'Unsubscribe',
    doneTitle: 'You are unsubscribed',
    doneText:
      '{organisation} sends no more news to this address. Messages about your own orders and requests may still come.',
    invalidTitle: 'This link is not valid',
    invalidText: 'Please open the link in the message again, or copy all of it.',
    failedTitle: 'Something went wrong',
    failedText: 'Please try again in a minute.',
  },
  uk: {
    language: 'uk',
    openTitle: 'Відписатися',
    openText: 'Натисніть кнопку, і {organisation} більше не надсилатиме новини на цю адресу.',
    openButton: 'Відписатися',
    doneTitle: 'Ви відписалися',
    doneText:
      '{organisation} більше не надсилає новини на цю адресу. Повідомлення про ваші замовлення та запити можуть надходити й надалі.',
    invalidTitle: 'Посилання недійсне',
    invalidText: 'Відкрийте посилання з листа ще раз або скопіюйте його повністю.',
    failedTitle: 'Щось пішло не так',
    failedText: 'Спробуйте ще раз за хвилину.',
  },
} as const;

/** The texts of the pages behind an unsubscribe link, in one language. */
export type UnsubscribeTexts = Readonly<Record<keyof (typeof unsubscribeTexts)['en'], string>>;
