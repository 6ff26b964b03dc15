/**
 * What the confirmation message says, by language, unless the stage's settings say something else. `{organisation}` stands
 * for the setting `organisationName`.
 */
export const messageTexts = {
  en: {
    /** The language of the texts (RFC 5646). */
    language: 'en',
    subject: 'Please confirm your subscription to {organisation}',
    text: 'You asked to hear from {organisation} at this address. Please confirm that the address is yours.',
    button: 'Confirm my subscription',
    link: 'If the button does not work, open this link:',
    footer: 'If it was not you, do nothing: you will not be subscribed.',
  },
  uk: {
    language: 'uk',
    subject: 'Підтвердьте, будь ласка, підписку на новини {organisation}',
    text: 'Ви попросили надсилати новини {organisation} на цю адресу. Підтвердьте, будь ласка, що адреса ваша.',
    button: 'Підтвердити підписку',
    link: 'Якщо кнопка не працює, відкрийте це посилання:',
    footer: 'Якщо це були не ви, нічого не робіть: підписки не буде.',
  },
} as const;

/** What the pages behind its link say, by language, unless the stage's settings say something else. */
export const pageTexts = {
  en: {
    /** The language of the texts (RFC 5646). */
    language: 'en',
    openTitle: 'Confirm your subscription',
    openText: 'Press the button to confirm that you want to hear from {organisation}.',
    /** Stands above what a form says about somebody who is known. */
    openDetails: 'These details are saved then:',
    openButton: 'Confirm my subscription',
    confirmedTitle: 'Thank you',
    confirmedText: 'Your address is confirmed. You will hear from {organisation}.',
    expiredTitle: 'This link has expired',
    expiredText: 'Please subscribe once more to get a new one.',
    invalidTitle: 'This link is not valid',
    invalidText: 'Please open the link in the message again, or copy all of it.',
    goneTitle: 'This subscription was not found',
    goneText: 'It was removed, or it goes to another address now. Please subscribe once more.',
    failedTitle: 'Something went wrong',
    failedText: 'Please try again in a minute.',
  },
  uk: {
    language: 'uk',
    openTitle: 'Підтвердьте підписку',
    openText: 'Натисніть кнопку, щоб підтвердити, що хочете отримувати новини {organisation}.',
    openDetails: 'Буде збережено такі дані:',
    openButton: 'Підтвердити підписку',
    confirmedTitle: 'Дякуємо',
    confirmedText: 'Вашу адресу підтверджено. Ви отримуватимете новини {organisation}.',
    expiredTitle: 'Строк дії посилання минув',
    expiredText: 'Підпишіться, будь ласка, ще раз, щоб отримати нове.',
    invalidTitle: 'Посилання недійсне',
    invalidText: 'Відкрийте посилання з листа ще раз або скопіюйте його повністю.',
    goneTitle: 'Підписку не знайдено',
    goneText: 'Її видалено, або вона тепер на іншу адресу. Підпишіться, будь ласка, ще раз.',
    failedTitle: 'Щось пішло не так',
    failedText: 'Спробуйте ще раз за хвилину.',
  },
} as const;

/** The texts of the confirmation message in one language. */
export type MessageTexts = Readonly<Record<keyof (typeof messageTexts)['en'], string>>;

/** The texts of the pages behind its link in one language. */
export type PageTexts = Readonly<Record<keyof (typeof pageTexts)['en'], string>>;
