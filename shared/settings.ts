import { type MessageTexts, messageTexts, type PageTexts, pageTexts } from '#names/confirmation-texts.ts';
import { environmentNames } from '#names/environment.ts';
import { type UnsubscribeTexts, unsubscribeTexts } from '#names/unsubscribe-texts.ts';

/** What the stack's settings say about the account; each is read from the environment when it is asked for. */
export const settings = {
  /** ISO 3166-1 alpha-2. */
  defaultCountry: (): string => variable(environmentNames.defaultCountry, 'UA'),
  /** Whether a phone number means its contact whatever e-mail address comes with it. */
  phoneMatches: (): 'always' | 'unlessEmailDiffers' =>
    variable(environmentNames.phoneMatches, 'always') === 'unlessEmailDiffers' ? 'unlessEmailDiffers' : 'always',
  /** How contacts are read. */
  reading: (): { readonly defaultCountry: string; readonly strictNames: boolean } => ({
    defaultCountry: settings.defaultCountry(),
    strictNames: variable(environmentNames.strictNames, 'false') === 'true',
  }),
  /** Whether new subscribers are asked to confirm their address. */
  doubleOptIn: (): boolean => variable(environmentNames.doubleOptIn, 'true') === 'true',
  /** Whether updates are published on the bus, member by member. */
  fieldChangeEvents: (): boolean => variable(environmentNames.fieldChangeEvents, 'false') === 'true',
  /** Whether contacts that join and leave segments are published on the bus. */
  segmentEvents: (): boolean => variable(environmentNames.segmentEvents, 'false') === 'true',
  /** Whether callers may delete past events. */
  deletePastEvents: (): boolean => variable(environmentNames.deletePastEvents, 'false') === 'true',
  /** The address of the API as people reach it. */
  publicUrl: (): string => variable(environmentNames.publicUrl, 'http://127.0.0.1:8080'),
  confirmationMessage: (): MessageTexts => ({ ...messageTexts, ...json(environmentNames.confirmationMessage) }),
  confirmationPages: (): PageTexts => ({ ...pageTexts, ...json(environmentNames.confirmationPages) }),
  /** In each language, that of the stage first. */
  unsubscribePages: (): readonly [UnsubscribeTexts, ...UnsubscribeTexts[]] => [
    unsubscribeTexts.en,
    unsubscribeTexts.uk,
  ],
  /** How long runs of workflows are kept once they are over. */
  workflowRunRetentionDays: (): number => Number(variable(environmentNames.workflowRunRetentionDays, '30')),
  confirmationLinkDays: (): number => Number(variable(environmentNames.confirmationLinkDays, '7')),
  /** Empty: none. */
  confirmedSegment: (): string => variable(environmentNames.confirmedSegment, ''),
  /** The page after confirming, by the form that the person came from or `default`. */
  redirectUrls: (): Readonly<Record<string, string>> => json(environmentNames.redirectUrls),
  /** Empty: none. */
  honeypotField: (): string => variable(environmentNames.honeypotField, ''),
  /** Whether a form is answered without telling whether its address is known. */
  tellsForms: (): boolean => variable(environmentNames.formTells, 'status') !== 'nothing',
  /** Forms a minute from one network, and an hour about one address; 0: any number. */
  formRates: () => ({
    formsPerSource: Number(variable(environmentNames.formsPerSource, '30')),
    formsPerAddress: Number(variable(environmentNames.formsPerAddress, '20')),
  }),
  /** Where a CAPTCHA is checked, and by which secret; absent: nowhere. */
  captcha: (): { readonly url: string; readonly secret: string } | undefined => {
    const url = variable(environmentNames.captchaUrl, '');
    return url === '' ? undefined : { url, secret: variable(environmentNames.captchaSecret, '') };
  },
  /** Who messages may come from, the usual one first; no SMS if nothing is named for them. */
  senders: (): { readonly senderAddresses: readonly string[]; readonly smsSenders: readonly string[] } => ({
    senderAddresses: list(environmentNames.senderAddresses),
    smsSenders: list(environmentNames.smsSenders),
  }),
  organisationId: (): number => Number(variable(environmentNames.organisationId, '1')),
  organisationName: (): string => variable(environmentNames.organisationName, 'Rollcall'),
  accountEmail: (): string => variable(environmentNames.accountEmail, 'owner@example.com'),
  /** Whether callers may link to files by `http://`, too. */
  httpLinks: (): boolean => variable(environmentNames.httpLinks, 'true') === 'true',
  /** The largest file that is imported. */
  uploadMaxBytes: (): number => Number(variable(environmentNames.uploadMaxMegabytes, '300')) * 1024 * 1024,
  /** Where files are sent that are to be imported: an origin. */
  uploadOrigin: (): string => process.env.AWS_ENDPOINT_URL_S3 ?? variable(environmentNames.uploadOrigin, ''),
  /** Whether links may lead to this very machine, as only a developer's own may. */
  allowLoopbackLinks: (): boolean => variable(environmentNames.allowLoopbackLinks, 'false') === 'true',
  /** All of them, for people to read. */
  inForce: (): Readonly<Record<string, unknown>> => JSON.parse(variable(environmentNames.settings, '{}')),
  /** ISO 4217. */
  currency: (): string => variable(environmentNames.currency, 'UAH'),
};

/** The stack writes these variables from settings that it has checked. */
const json = (name: string): Readonly<Record<string, string>> => JSON.parse(variable(name, '{}'));

const list = (name: string): readonly string[] => JSON.parse(variable(name, '[]'));

const variable = (name: string, byDefault: string): string => process.env[name] || byDefault;
