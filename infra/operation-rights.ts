import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { environmentNames } from '#names/environment.ts';
import type { Operation } from '#names/routes.ts';
import type { ContactStore } from './constructs/contact-store.ts';
import type { Counts } from './constructs/counts.ts';
import { grantAsk } from './constructs/double-opt-in.ts';
import type { Erasures } from './constructs/erasures.ts';
import type { EventBus } from './constructs/event-bus.ts';
import type { ImportPipeline } from './constructs/import-pipeline.ts';
import type { MailSender } from './constructs/mail-sender.ts';
import type { Messages } from './constructs/messages.ts';
import type { Monitoring } from './constructs/monitoring.ts';
import type { SegmentLeftovers } from './constructs/segment-leftovers.ts';
import type { SubscriptionCheck } from './constructs/subscription-check.ts';
import type { Undos } from './constructs/undos.ts';
import type { Uploads } from './constructs/uploads.ts';
import { eventRights } from './event-rights.ts';
import type { Grant } from './grant.ts';
import { grantSeeDeadLetters } from './grant-see-dead-letters.ts';
import { messageRights } from './message-rights.ts';
import { orderRights } from './order-rights.ts';
import { passAppearance } from './pass-appearance.ts';
import { passIdentities, passMatching, passReading } from './pass-reading.ts';
import { segmentRights } from './segment-rights.ts';
import type { Settings } from './settings.ts';
import { uploadRights } from './upload-rights.ts';
import { workflowRights } from './workflow-rights.ts';

/** The parts of the stack that operations work with. */
export interface OperationParts {
  readonly settings: Settings;
  readonly monitoring: Monitoring;
  readonly counts: Counts;
  readonly store: ContactStore;
  readonly bus: EventBus;
  readonly imports: ImportPipeline;
  readonly erasures: Erasures;
  readonly subscriptions: SubscriptionCheck;
  readonly leftovers: SegmentLeftovers;
  readonly uploads: Uploads;
  readonly undos: Undos;
  readonly messages: Messages;
  readonly mailSender: MailSender;
  /** The address at which people open the links of messages. */
  readonly publicUrl: string;
}

/** What each operation may do beside authenticating its caller. */
export const operationRights = (parts: OperationParts): Record<Operation, Grant> => {
  const { settings, store, bus, imports, erasures, subscriptions, counts } = parts;
  const authenticates: Grant = () => {};
  const readsContact: Grant = (fn) => store.grant(fn, 'readContact');
  const readsFields: Grant = (fn) => store.grant(fn, 'readFields');
  const findsContacts: Grant = (fn) => {
    store.grant(fn, 'findContacts');
    fn.addEnvironment(environmentNames.defaultCountry, settings.defaultCountry);
  };
  const readsOutcomes: Grant = (fn) => {
    store.grant(fn, 'readImport');
    imports.bucket.grantReadOutcomes(fn);
  };
  const controlsImports: Grant = (fn) => {
    store.grant(fn, 'controlImports');
    imports.grantQueueChunks(fn);
    parts.uploads.grantResume(fn);
    parts.undos.grantUndo(fn);
  };
  const savesContact: Grant = (fn) => {
    store.grant(fn, 'writeContacts');
    bus.grantPublishWithSegments(fn);
    passReading(fn, settings);
    fn.addEnvironment(environmentNames.fieldChangeEvents, String(settings.fieldChangeEvents));
  };
  const findsAndSavesContact: Grant = (fn) => {
    savesContact(fn);
    counts.grantTell(fn);
    passMatching(fn, settings);
  };
  const deletesContact: Grant = (fn) => {
    store.grant(fn, 'deleteContacts');
    erasures.grantErase(fn);
    counts.grantTell(fn);
  };
  return {
    addContacts: (fn) => {
      findsAndSavesContact(fn);
      store.grant(fn, 'acceptImports');
      imports.grantAccept(fn);
    },
    subscribeContact: (fn) => {
      store.grant(fn, 'writeContacts');
      bus.grantPublishWithSegments(fn);
      subscriptions.grantPromise(fn);
      counts.grantTell(fn);
      passReading(fn, settings);
      passMatching(fn, settings);
      fn.addEnvironment(environmentNames.doubleOptIn, String(settings.doubleOptIn));
      parts.messages.passSenders(fn);
      fn.addEnvironment(environmentNames.honeypotField, settings.honeypotField ?? '');
      takesForms(fn, parts);
    },
    addContact: findsAndSavesContact,
    updateContact: savesContact,
    getImportStatus: readsOutcomes,
    getContact: readsContact,
    deleteContact: deletesContact,
    deleteExternalContact: deletesContact,
    searchContacts: (fn) => {
      store.grant(fn, 'searchContacts');
      fn.addEnvironment(environmentNames.defaultCountry, settings.defaultCountry);
    },
    getContactEmails: (fn) => store.grant(fn, 'readContacts'),
    unsubscribeEmails: (fn) => store.grant(fn, 'suppress'),
    resubscribeEmails: (fn) => store.grant(fn, 'liftSuppression'),
    getAddressBooks: readsFields,
    getVersion: authenticates,
    getAccountInfo: (fn) => {
      fn.addEnvironment(environmentNames.organisationId, String(settings.organisationId));
      fn.addEnvironment(environmentNames.organisationName, settings.organisationName);
      fn.addEnvironment(environmentNames.accountEmail, settings.accountEmail);
    },
    addSiteDomain: authenticates,
    getSiteScript: authenticates,
    getWebPushScript: authenticates,
    getContactToken: (fn) => {
      store.grant(fn, 'readContacts');
      store.grant(fn, 'seal');
      fn.addEnvironment(environmentNames.defaultCountry, settings.defaultCountry);
    },
    getBalance: (fn) => fn.addEnvironment(environmentNames.currency, settings.currency),
    listContacts: findsContacts,
    exportContacts: (fn) => {
      findsContacts(fn);
      readsFields(fn);
    },
    editContact: (fn) => {
      store.grant(fn, 'writeContacts');
      passIdentities(fn, settings);
    },
    restoreContact: (fn) => {
      store.grant(fn, 'restoreContacts');
      counts.grantTell(fn);
    },
    describeContact: readsContact,
    listEvents: (fn) => store.grant(fn, 'listEvents'),
    listImports: (fn) => store.grant(fn, 'listImports'),
    describeImport: (fn) => store.grant(fn, 'readImport'),
    undoImport: (fn) => {
      store.grant(fn, 'startUndos');
      store.grant(fn, 'readImport');
      parts.undos.grantUndo(fn);
    },
    pauseImport: (fn) => store.grant(fn, 'pauseImports'),
    resumeImport: controlsImports,
    cancelImport: controlsImports,
    listImportRows: (fn) => {
      readsOutcomes(fn);
      imports.bucket.grantReadUndone(fn);
    },
    downloadImportRows: (fn) => {
      readsOutcomes(fn);
      imports.bucket.grantReadRows(fn);
    },
    listFields: readsFields,
    listKeys: (fn) => store.grant(fn, 'listKeys'),
    createKey: (fn) => {
      store.grant(fn, 'createKeys');
      store.grant(fn, 'makeSegments');
    },
    revokeKey: (fn) => store.grant(fn, 'revokeKeys'),
    describeOwnKey: authenticates,
    describeOverview: (fn) => {
      store.grant(fn, 'readOverview');
      grantSeeDeadLetters(fn, parts.monitoring);
    },
    describeSettings: (fn) => fn.addEnvironment(environmentNames.settings, JSON.stringify(shownSettings(settings))),
    showConsole: (fn) => imports.bucket.passOrigin(fn),
    createField: (fn) => store.grant(fn, 'defineFields'),
    ...segmentRights(parts),
    ...eventRights(parts),
    ...orderRights(parts),
    ...uploadRights(parts),
    ...messageRights(parts),
    ...workflowRights(parts),
    ...confirmationRights(parts),
  };
};

/** What a form may do that anybody can fill in. */
const takesForms = (fn: LambdaFunction, { settings, store }: OperationParts): void => {
  store.grant(fn, 'takeForms');
  fn.addEnvironment(environmentNames.confirmedSegment, settings.confirmedSegment);
  fn.addEnvironment(environmentNames.confirmationLinkDays, String(settings.confirmationLinkDays));
  fn.addEnvironment(environmentNames.formTells, settings.formTells);
  fn.addEnvironment(environmentNames.formsPerSource, String(settings.formsPerSource));
  fn.addEnvironment(environmentNames.formsPerAddress, String(settings.formsPerAddress));
  const { captcha } = settings;
  fn.addEnvironment(environmentNames.captchaUrl, captcha ? (captcha.url ?? captchaUrls[captcha.provider]) : '');
  fn.addEnvironment(environmentNames.captchaSecret, captcha?.secret ?? '');
};

const captchaUrls = {
  turnstile: 'https://challenges.cloudflare.com/turnstile/v0/siteverify',
  hcaptcha: 'https://api.hcaptcha.com/siteverify',
} as const;

/** Without secrets, and of changed texts only which ones they are: an environment has 4 kB (an AWS Lambda limit). */
const shownSettings = ({
  confirmationMessage,
  confirmationPages,
  unsubscribePages,
  translations,
  captcha,
  ...settings
}: Settings) => ({
  ...settings,
  ...(captcha && { captcha: captcha.provider }),
  confirmationMessage: Object.keys(confirmationMessage),
  confirmationPages: Object.keys(confirmationPages),
  unsubscribePages: Object.keys(unsubscribePages),
  translations: Object.keys(translations),
});

type ConfirmationOperation =
  | 'resendConfirmation'
  | 'showConfirmation'
  | 'confirmContact'
  | 'showUnsubscription'
  | 'unsubscribeByLink';

/** What looks at a link may not write, so that no mail scanner can confirm whatever we get wrong. */
const confirmationRights = (parts: OperationParts): Record<ConfirmationOperation, Grant> => {
  const { settings, store, bus, messages, counts } = parts;
  const answersPages: Grant = (fn) => {
    passAppearance(fn, settings, 'confirmationPages');
    fn.addEnvironment(environmentNames.redirectUrls, JSON.stringify(settings.redirectUrls));
  };
  return {
    resendConfirmation: (fn) => {
      fn.addEnvironment(environmentNames.doubleOptIn, String(settings.doubleOptIn));
      messages.passSenders(fn);
      grantAsk(fn, parts);
    },
    showConfirmation: (fn) => {
      store.grant(fn, 'showConfirmation');
      answersPages(fn);
    },
    confirmContact: (fn) => {
      store.grant(fn, 'confirm');
      counts.grantTell(fn);
      bus.grantPublishWithSegments(fn);
      answersPages(fn);
      fn.addEnvironment(environmentNames.confirmedSegment, settings.confirmedSegment);
    },
    showUnsubscription: (fn) => {
      store.grant(fn, 'showUnsubscription');
      passAppearance(fn, settings, 'unsubscribePages');
    },
    unsubscribeByLink: (fn) => {
      store.grant(fn, 'unsubscribeByLink');
      passAppearance(fn, settings, 'unsubscribePages');
    },
  };
};
