/**
 * What the confirmation message says unless the stage's setting `confirmationMessage` says something else.
 * `{organisation}` stands for the setting `organisationName`.
 */
export const messageTexts = {
  /** The language of the texts (RFC 5646). */
  language: 'en',
  subject: 'Please confirm your subscription to {organisation}',
  text: 'You asked to hear from {organisation} at this address. Please confirm that the address is yours.',
  button: 'Confirm my subscription',
  link: 'If the button does not work, open this link:',
  footer: 'If it was not you, do nothing: you will not be subscribed.',
} as const;

/** What the pages behind the link say unless the stage's setting `confirmationPages` says something else. */
export const pageTexts = {
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
} as const;

/** The texts of the confirmation message. */
export type MessageTexts = Readonly<Record<keyof typeof messageTexts, string>>;

/** The texts of the pages behind its link. */
export type PageTexts = Readonly<Record<keyof typeof pageTexts, string>>;
