/** Everything that can be wrong with one row or one of its members, each with a section in `docs/errors.md`. */
export const problemCodes = {
  NOT_AN_OBJECT: 'The row is not a contact object',
  INVALID_EMAIL: 'The e-mail address is not valid',
  INVALID_PHONE: 'The phone number is not valid',
  INVALID_CHANNEL: 'The channel is not of a known type',
  INVALID_MEMBER: 'A member has a value of the wrong kind',
  INVALID_NAME: 'The name is none, or breaks the naming rules, and was left out',
  NAME_CHANGED: 'The name was cut, or markup, links and templates were taken out of it',
  EMAIL_REPLACED: 'The contact was known by its phone alone, and its e-mail address was replaced',
  INVALID_FIELD: 'The value does not suit its custom field and was left out',
  UNKNOWN_FIELD: 'The custom field does not exist and was left out',
  CHARACTERS_REPLACED: 'Characters that nothing carries were replaced by U+FFFD',
  NO_VALUE: 'The text stands for no value and was left out',
  SPARE_VALUE: 'Another value of the row was taken for the same member',
  AMBIGUOUS_DATE: 'Day and month of the date cannot be told apart',
  DATE_WITHOUT_YEAR: 'The date has no year and was stored in 1904',
  CONSENT_UNCLEAR: 'It is not clear whether the person may be written to',
  CONSENT_MISSING: 'Nothing says that the person agreed, so the contact counts as one who has not',
  UNKNOWN_ID: 'No contact has this id',
  MISSING_DEDUPE_VALUE: 'The row lacks the value that dedupeOn names',
  EXTERNAL_ID_CONFLICT: 'The contact already has another externalCustomerId',
  SHARED_EXTERNAL_ID: 'One externalCustomerId stands beside several e-mail addresses and phones',
  EXTERNAL_ID_OWNED: 'Another contact has this externalCustomerId',
  CONTACT_DELETED: 'The contact is deleted and restoreDeleted is false',
  CONTACT_EXISTS: 'The contact exists, and the import only creates',
  CONTACT_UNKNOWN: 'There is no such contact, and the import only updates',
  TOO_MANY_OWNERS: 'Too many contacts share this identity',
  TOO_LARGE: 'The contact is larger than a contact may be',
  NOT_PERMITTED: 'The key of a form may not send this, and it was left out',
  SEGMENT_LEFT_OUT: 'The tag, list or group makes no segment and was left out',
  CATEGORY_LEFT: 'The person has left the subscription category and was not put into it',
  SEGMENT_NOT_STATIC: 'The segment is not static and was ignored',
  CHUNK_FAILED: 'The chunk of this row failed for good',
  CANCELLED: 'The import was cancelled before this row',
  RAGGED_ROW: 'The row has more or fewer cells than the header',
  BROKEN_QUOTE: 'A quote of the row is never closed, or closed in the middle of a cell',
  DAMAGED_TEXT: 'The row has bytes that are no text in the encoding of the file',
  BROKEN_JSON: 'The contact is no valid JSON',
  BROKEN_CARD: 'The vCard is not complete',
  ROW_TOO_LONG: 'The row is longer than a row may be',
  ROW_ERASED: 'The contact of this row was erased, and the row with it',
} as const;

export type ProblemCode = keyof typeof problemCodes;

/** One thing wrong with one member of a row: an error that fails the row, or a warning beside a saved one. */
export interface Problem {
  readonly code: ProblemCode;
  /** The wire member or column it is about. */
  readonly field: string;
  readonly message: string;
}
