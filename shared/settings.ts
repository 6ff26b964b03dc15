import { environmentNames } from '#names/environment.ts';
import { flag, json, number, variable } from './environment.ts';

// What the stack's settings say about the account. Functions import them as a namespace: the bundler leaves out what a function
// does not use, and a function starts only if the stack sets every variable that it uses.

/** ISO 3166-1 alpha-2. */
export const defaultCountry = /* @__PURE__ */ variable('defaultCountry');

const phoneMatching = /* @__PURE__ */ variable('phoneMatches');

/** Whether a phone number means its contact whatever e-mail address comes with it. */
export const phoneMatches = (): 'always' | 'unlessEmailDiffers' =>
  phoneMatching() === 'unlessEmailDiffers' ? 'unlessEmailDiffers' : 'always';

const strictNames = /* @__PURE__ */ flag('strictNames');

const junkRule = /* @__PURE__ */ json<{
  readonly junkValues: readonly string[];
  readonly realValues: readonly string[];
}>('junkRule');

/** How it is read who somebody is. */
export const identities = () => ({ defaultCountry: defaultCountry(), junk: junkRule() });

/** How contacts are read. */
export const reading = () => ({ ...identities(), strictNames: strictNames() });

/** Whether new subscribers are asked to confirm their address. */
export const doubleOptIn = /* @__PURE__ */ flag('doubleOptIn');

/** Whether updates are published on the bus, member by member. */
export const fieldChangeEvents = /* @__PURE__ */ flag('fieldChangeEvents');

/** Whether contacts that join and leave segments are published on the bus. */
export const segmentEvents = /* @__PURE__ */ flag('segmentEvents');

/** Whether contacts that the undo of an import removes are published on the bus. */
export const removalEvents = /* @__PURE__ */ flag('removalEvents');

/** Whether callers may delete past events. */
export const deletePastEvents = /* @__PURE__ */ flag('deletePastEvents');

/** The address of the API as people reach it. */
export const publicUrl = /* @__PURE__ */ variable('publicUrl');

/** What messages and pages call the stage's owner. */
export const organisationName = /* @__PURE__ */ variable('organisationName');

/** How long the start of a run takes at least; 0: as long as it takes. */
export const launchPaceMilliseconds = /* @__PURE__ */ number('launchPaceMilliseconds');

/** How long runs of workflows are kept once they are over. */
export const workflowRunRetentionDays = /* @__PURE__ */ number('workflowRunRetentionDays');

/** How long a link of a confirmation holds. */
export const confirmationLinkDays = /* @__PURE__ */ number('confirmationLinkDays');

/** The segment that anyone who confirms joins; empty: none. */
export const confirmedSegment = /* @__PURE__ */ variable('confirmedSegment');

/** The page after confirming, by the form that the person came from or `default`. */
export const redirectUrls = /* @__PURE__ */ json<Readonly<Record<string, string>>>('redirectUrls');

/** The member of a subscription that only programs fill in; empty: none. */
export const honeypotField = /* @__PURE__ */ variable('honeypotField');

const formTells = /* @__PURE__ */ variable('formTells');

/** Whether the answer to a form tells whether its address is known. */
export const tellsForms = (): boolean => formTells() !== 'nothing';

const formsPerSource = /* @__PURE__ */ number('formsPerSource');

const formsPerAddress = /* @__PURE__ */ number('formsPerAddress');

/** Forms a minute from one network, and an hour about one address; 0: any number. */
export const formRates = () => ({ formsPerSource: formsPerSource(), formsPerAddress: formsPerAddress() });

const captchaUrl = /* @__PURE__ */ variable('captchaUrl');

const captchaSecret = /* @__PURE__ */ variable('captchaSecret');

/** Where a CAPTCHA is checked, and by which secret; absent: nowhere. */
export const captcha = (): { readonly url: string; readonly secret: string } | undefined =>
  captchaUrl() === '' ? undefined : { url: captchaUrl(), secret: captchaSecret() };

const senderAddresses = /* @__PURE__ */ json<readonly string[]>('senderAddresses');

const smsSenders = /* @__PURE__ */ json<readonly string[]>('smsSenders');

/** Who messages may come from, the usual one first; no SMS if nothing is named for them. */
export const senders = (): { readonly senderAddresses: readonly string[]; readonly smsSenders: readonly string[] } => ({
  senderAddresses: senderAddresses(),
  smsSenders: smsSenders(),
});

/** What `GET account/info` calls `orgId`. */
export const organisationId = /* @__PURE__ */ number('organisationId');

/** Whose account `GET account/info` tells. */
export const accountEmail = /* @__PURE__ */ variable('accountEmail');

/** ISO 4217. */
export const currency = /* @__PURE__ */ variable('currency');

/** Whether callers may link to files by `http://`, too. */
export const httpLinks = /* @__PURE__ */ flag('httpLinks');

const uploadMaxMegabytes = /* @__PURE__ */ number('uploadMaxMegabytes');

/** The largest file that is imported. */
export const uploadMaxBytes = (): number => uploadMaxMegabytes() * 1024 * 1024;

const uploadOriginOnAws = /* @__PURE__ */ variable('uploadOrigin');

/** Where files are sent that are to be imported: an origin. */
export const uploadOrigin = (): string => process.env.AWS_ENDPOINT_URL_S3 ?? uploadOriginOnAws();

/** Whether links may lead to this very machine, as only a developer's own may: no stack sets it. */
export const allowLoopbackLinks = (): boolean => process.env[environmentNames.allowLoopbackLinks] === 'true';

/** All of them, for people to read. */
export const inForce = /* @__PURE__ */ json<Readonly<Record<string, unknown>>>('settings');
