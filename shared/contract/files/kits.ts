import type { DateOrder } from './date-text.ts';
import { headerKey } from './header-key.ts';

/** What is known of the exports of one program beside what its headers say by themselves. */
export interface Kit {
  /** What `source` calls it. */
  readonly key: string;
  readonly title: string;
  /** Headers, as `headerKey` has them, that only its exports have together: any of the lists is enough. */
  readonly marks: readonly (readonly string[])[];
  /** What its columns are where their headers mislead, by `headerKey`; an empty text: nothing that is read. */
  readonly columns: Readonly<Record<string, string>>;
  /** The columns of its own id of a person, the first of which becomes the `externalCustomerId` on request. */
  readonly ids: readonly string[];
  readonly dateOrder?: DateOrder;
  /** What stands between several tags of a cell; absent: what a sample shows. */
  readonly tagSeparator?: string;
  /** The group that everybody is in. */
  readonly tagOfAll?: string;
  /** The column, by `headerKey`, whose data in JSON has the tags beside much else. */
  readonly tagsWithin?: string;
  /** Its phones begin with their country code, although without a `+`. */
  readonly isInternational?: true;
  /** What words of its own mean in columns about consent. */
  readonly words?: Readonly<Record<string, 'yes' | 'no' | 'nothing'>>;
}

type KitText = Omit<Kit, 'key' | 'marks' | 'columns' | 'ids'> & {
  readonly id?: string;
  /** Headers between commas; the lists between bars. */
  readonly marks: string;
  /** `header = target`, between commas. */
  readonly columns?: string;
};

const texts: Readonly<Record<string, KitText>> = {
  mailchimp: {
    title: 'Mailchimp',
    marks: 'leid, euid | member_rating | unsub_time | clean_time, leid | optin_time, confirm_time',
    columns: `optin_time = subscribedAt, confirm_time = subscribedAt, cc = countryCode, region = , last_changed = ,
      timezone = timeZone, unsub_reason_other = , notes = `,
    id: 'euid',
  },
  brevo: {
    title: 'Brevo',
    marks: 'email_blacklisted | sms_blacklisted | contact id, double_opt-in | email, added_time, modified_time',
    columns: 'contact id = , added_time = createdAt, modified_time = , ext_id = externalCustomerId, opt_in = confirmed',
    id: 'contactid',
    dateOrder: 'DMY',
    isInternational: true,
    words: { 2: 'no' },
  },
  hubspot: {
    title: 'HubSpot',
    tagSeparator: ';',
    marks:
      'portal unsubscribe, portal bounce | datensatz-id, marketing-kontaktstatus | record id, contact owner | unsubscribed from all email | marketing contact status | record id, lead status',
    columns:
      'create date = createdAt, emails bounced = , marketing information = unsubscribed, quarantined = blacklisted',
    id: 'recordid, datensatzid',
  },
  shopify: {
    title: 'Shopify',
    tagSeparator: ',',
    marks:
      'accepts email marketing | accepts marketing, total spent | default address address1 | accepts sms marketing',
  },
  woocommerce: {
    title: 'WooCommerce',
    marks: 'total spend, aov | sign up, last active | user_login, billing_first_name | billing_email, billing_phone',
    columns: 'username = , sign up = createdAt, user_login = , user_registered = createdAt',
  },
  salesforce: {
    title: 'Salesforce',
    tagSeparator: ';',
    marks:
      'hasoptedoutofemail | isdeleted, accountid | contact id, email opt out, account name | account owner, email opt out, mailing street | ownerid, mailingcity',
    columns: `id = , accountid = , ownerid = , masterrecordid = , salutation = , createddate = createdAt, name = fullName,
      title = , contact id = , donotcall = smsUnsubscribed`,
    id: 'id, contactid, leadid',
  },
  zoho: {
    title: 'Zoho',
    marks:
      'record id, email opt out | contact email, contact status, list name | unsubscribed mode | contact owner, mailing city, email opt out | record id, created time',
    columns: 'record id = , created time = createdAt, modified time = , salutation = ',
    id: 'recordid',
  },
  odoo: {
    title: 'Odoo',
    marks:
      'is_blacklisted | message_bounce | mailing lists, blacklist | opt out, bounce, blacklist | name, salesperson',
    columns:
      'bounce = , message_bounce = , id = , external id = , company_type = , unsubscription date = unsubscribedAt',
    id: 'externalid, id',
  },
  pipedrive: {
    title: 'Pipedrive',
    tagSeparator: ',',
    marks:
      'person - name | person - id | email - work, phone - work | email - work, visible to | person created | marketing status, owner, organization',
    columns: `person - id = , id = , name = fullName, person - name = fullName, person created = createdAt,
      person - person created = createdAt, person - marketing status = status, person - label = tags, person - labels = tags,
      person - organization = , organization = , owner = , visible to = `,
    id: 'personid, id',
  },
  mailerlite: {
    title: 'MailerLite',
    marks:
      'subscriber, sent, opens | subscriber, opens, clicks | email, subscribed, unsubscribed, opens | date subscribed, date unsubscribed | subscriber, status, unsubscribed',
    columns: `subscriber = email, name = firstName, subscribed = subscribedAt, date subscribed = subscribedAt,
      unsubscribed = unsubscribedAt, date unsubscribed = unsubscribedAt, type = status, status = status, location = , sent = ,
      opens = , clicks = , opened = , clicked = , subscribe ip = , optin ip = `,
  },
  listmonk: {
    title: 'listmonk',
    tagsWithin: 'attributes',
    marks: 'uuid, attributes, status | uuid, email, name, status',
    columns: 'uuid = , name = fullName, attributes = , created_at = createdAt, updated_at = ',
    id: 'uuid',
  },
  mautic: {
    title: 'Mautic',
    marks:
      'points, preferred_locale | date_identified | dateidentified | firstname, lastname, points, stage | donotcontact, points',
    columns: `id = , title = , position = , points = , dateadded = createdAt, date_added = createdAt, dateidentified = ,
      date_identified = , last_active = , lastactive = , do not contact = unsubscribed, donotcontact = unsubscribed`,
    id: 'id',
  },
  keila: {
    title: 'Keila',
    tagsWithin: 'data',
    marks: 'email, data, status | email, first name, last name, data, external id',
    columns: 'data = ',
  },
  ghost: {
    title: 'Ghost',
    tagSeparator: ',',
    marks: 'subscribed_to_emails | complimentary_plan | stripe_customer_id, labels',
    columns: `id = , note = , complimentary_plan = , stripe_customer_id = , created_at = createdAt, name = fullName,
      labels = tags, tiers = `,
    id: 'id',
  },
  pinpoint: {
    title: 'Amazon Pinpoint',
    marks: 'channeltype, address | endpointstatus | optout, user.userid',
    columns: `id = , channeltype = channelType, address = channelValue, user.userid = externalCustomerId,
      effectivedate = , demographic.locale = languageCode`,
  },
  klaviyo: {
    title: 'Klaviyo',
    marks: 'klaviyo id | email marketing consent | email suppressions | $consent | sms marketing consent, email',
    columns: `klaviyo id = , email suppressions timestamp = unsubscribedAt,
      date added = createdAt, profile created on = createdAt, last active = , first active = , title = , organization = ,
      source = , $consent = subscribed`,
    id: 'klaviyoid',
  },
  sendgrid: {
    title: 'SendGrid',
    marks:
      'email, unique_name | email_domains | state_province_region | alternate_emails | email, contact_id, created_at',
    columns:
      'contact_id = , created_at = createdAt, updated_at = , unique_name = , anonymous_id = , line = , facebook = ',
    id: 'contactid',
  },
  activecampaign: {
    title: 'ActiveCampaign',
    tagSeparator: ',',
    marks:
      'contact id, customer account | email, customer account, tags | date subscribed, date unsubscribed, list | subscriber id, sdate | contact score | last sent, last opened',
    columns: `contact id = , id = , subscriber id = , account = , customer account = , organization = , cdate = createdAt,
      sdate = subscribedAt, udate = unsubscribedAt, list = tags, score = , contact score = `,
    id: 'contactid, subscriberid, id',
  },
  google: {
    title: 'Google Contacts',
    tagSeparator: ':::',
    tagOfAll: 'myContacts',
    marks: 'e-mail 1 - value | phone 1 - value | given name, group membership | e-mail 1 - type',
    columns: `name = fullName, given name = firstName, family name = lastName, group membership = tags, labels = tags,
      file as = , notes = , photo = , nickname = `,
  },
  outlook: {
    title: 'Outlook',
    tagSeparator: ';',
    marks: 'e-mail address, business phone | e-mail 2 address | given yomi | business street, home street',
    columns: `title = , suffix = , e-mail display name = , company main phone = , location = , categories = tags,
      notes = , assistants phone = `,
    dateOrder: 'MDY',
  },
  yespo: {
    title: 'Yespo',
    marks:
      'contact id, external customer id | contact key, contact source | email status, contact source | зовнішній id, ключ контакту | статус email, джерело контакту | contact id, email, contact source',
    columns: `contact source = , source = , updated date = , created date = createdAt, external customer id = externalCustomerId,
      contact key = contactKey, джерело контакту = , дата оновлення = , дата створення = createdAt, ключ контакту = contactKey,
      зовнішній id = externalCustomerId, зовнішній id клієнта = externalCustomerId, id контакту = id, ід контакту = id`,
    isInternational: true,
  },
  substack: {
    title: 'Substack',
    marks: 'email, active_subscription | email_disabled, plan',
    columns: 'active_subscription = , expiry = , plan = , email_disabled = unsubscribed, created_at = createdAt',
  },
};

const keyed = (list: string): string[] =>
  list
    .split(',')
    .map(headerKey)
    .filter((key) => key !== '');

const kitOf = (key: string, { marks, columns = '', id = '', ...kit }: KitText): Kit => ({
  ...kit,
  key,
  ids: keyed(id),
  marks: marks.split('|').map(keyed),
  columns: Object.fromEntries(
    columns
      .split(',')
      .map((pair) => pair.split('='))
      .filter(([header = '']) => header.trim() !== '')
      .map(([header = '', target = '']) => [headerKey(header), target.trim()]),
  ),
});

/** Every program whose exports are known, by key. */
export const kits: ReadonlyMap<string, Kit> = new Map(
  Object.entries(texts).map(([key, text]) => [key, kitOf(key, text)]),
);

/** The source of a file that comes from no program that is known. */
export const plainSource = 'plain';

/** What `source` may name. */
export const sourceNames = [...kits.keys(), plainSource];

/** The program that a header is of: the one of which the most marks are there, and none where two are as likely. */
export const kitOfHeader = (header: readonly string[]): Kit | undefined => {
  const keys = new Set(header.map(headerKey));
  const likely = [...kits.values()]
    .map((kit) => ({ kit, weight: kit.marks.filter((mark) => mark.every((key) => keys.has(key))).length }))
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight);
  const [best, next] = likely;
  return best && best.weight > (next?.weight ?? 0) ? best.kit : undefined;
};
