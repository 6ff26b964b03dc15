/** How a contact came to be, set once (contract 2.9). */
export const contactSources = [
  'SUBSCRIPTION',
  'IMPORT',
  'API',
  'I_MESSAGE',
  'ORDER',
  'CAMPAIGN',
  'SITE_AUTOMATED',
] as const;

export type ContactSource = (typeof contactSources)[number];

/** `deleted` is soft and restorable; `erased` is a tombstone without personal data that keeps an id from being reborn. */
export type ContactState = 'active' | 'deleted' | 'erased';

/** The channels of which a contact has many; e-mail and phone are single (contract 2.2). */
export type TokenType = 'viber' | 'telegram' | 'mobilepush' | 'webpush';

/** A token channel with whatever the device or the browser said about itself, kept as it came. */
export interface Token {
  readonly type: TokenType;
  readonly value: string;
  readonly device?: Readonly<Record<string, unknown>>;
  readonly webPushSubscription?: Readonly<Record<string, unknown>>;
}

/** Contract 2.4. */
export interface Address {
  readonly region?: string;
  readonly town?: string;
  readonly address?: string;
  readonly postcode?: string;
  readonly countryCode?: string;
}

export type AddressPart = keyof Address;

/** The text members of contract 2.1. */
export interface ContactTexts {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly contactKey?: string;
  readonly languageCode?: string;
  readonly timeZone?: string;
}

export interface CustomFieldValue {
  readonly id: number;
  readonly value: string;
}

export interface OrdersInfo {
  readonly lastDate?: string;
  readonly count?: number;
}

/** Since when a person is known to the program that the contact came from. Times are ISO 8601 in UTC. */
export interface ContactOrigin {
  readonly createdAt?: string;
  readonly subscribedAt?: string;
}

/** What a contact says about a person: everything that callers write and that decides whether an update changes it. */
export interface ContactContent extends ContactTexts {
  readonly externalCustomerId?: string;
  /** Lower-case (contract 2.3). */
  readonly email?: string;
  /** Digits only, with the country code (contract 2.3). */
  readonly sms?: string;
  readonly tokens?: readonly Token[];
  readonly address?: Address;
  /** Ascending by id. */
  readonly fields?: readonly CustomFieldValue[];
  readonly ordersInfo?: OrdersInfo;
  readonly origin?: ContactOrigin;
  /** Whether the e-mail address is confirmed (contract 2.8). */
  readonly confirmed: boolean;
  /** When its owner confirmed it here, in ISO 8601 in UTC; absent where nobody did. */
  readonly confirmedAt?: string;
}

/** A stored contact. Times are ISO 8601 in UTC. */
export interface Contact extends ContactContent {
  readonly id: number;
  readonly source: ContactSource;
  readonly state: ContactState;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Grows by one with each write; the condition of every update. */
  readonly version: number;
  /** The request or chunk that created it: the same one coming again is a repeat, not a second caller. */
  readonly createdBy: string;
  /** The request or chunk that wrote it last. */
  readonly updatedBy: string;
}

type Clearable<T> = { readonly [K in keyof T]?: T[K] | null };

/**
 * What one request says about one contact, normalised: a member that is absent stays as it is, `null` clears it
 * (contract 3.5).
 */
export interface ContactDraft extends Clearable<ContactTexts> {
  /** The system id, read only by `dedupeOn=id` and by paths that carry one. */
  readonly id?: number;
  readonly externalCustomerId?: string;
  readonly email?: string;
  readonly sms?: string;
  readonly tokens?: readonly Token[];
  readonly address?: Clearable<Address>;
  readonly fields?: readonly CustomFieldValue[];
  readonly ordersInfo?: OrdersInfo;
  readonly origin?: ContactOrigin;
  /**
   * Members and ids of custom fields that stay as they are whatever `contactFields` and `customFieldsIDs` list: the empty
   * cells of a file (contract 4.9).
   */
  readonly untouched?: readonly (string | number)[];
  /** Names of segments that the contact joins beside those that everybody of its request joins. */
  readonly segmentNames?: readonly string[];
  /** The sender says that the e-mail address is not confirmed, whatever those of its kind count as. */
  readonly confirmed?: false;
}
