/** The environment variables that the stack sets and the functions read, by what they hold. */
export const environmentNames = {
  tableName: 'TABLE_NAME',
  /** JSON: each queue of messages that were given up, with its alarm and the section of the runbook. */
  deadLetterQueues: 'DEAD_LETTER_QUEUES',
  /** The address of one of these queues; those of the others differ in the name at the end. */
  deadLetterQueueUrl: 'ONE_DEAD_LETTER_QUEUE_URL',
  importBucketName: 'IMPORT_BUCKET_NAME',
  /** Where callers send files that are to be imported. */
  uploadOrigin: 'UPLOAD_ORIGIN',
  eventBusName: 'EVENT_BUS_NAME',
  /** The state machine that carries runs of workflows on. */
  workflowMachineArn: 'WORKFLOW_MACHINE_ARN',
  workflowRunRetentionDays: 'WORKFLOW_RUN_RETENTION_DAYS',
  launchPaceMilliseconds: 'LAUNCH_PACE_MILLISECONDS',
  /** ISO 3166-1 alpha-2; national phone numbers are read in it (contract 2.3). */
  defaultCountry: 'DEFAULT_COUNTRY',
  /** `true` or `false`: whether names that break the vendor's rules are left out (contract 2.7). */
  strictNames: 'STRICT_NAMES',
  /** JSON: what else stands for no identity (`junkValues`), and what does not although the table says so (`realValues`). */
  junkRule: 'JUNK_RULE',
  /** `always` or `unlessEmailDiffers`: whether a phone alone says who somebody is. */
  phoneMatches: 'PHONE_MATCHES',
  importRetentionDays: 'IMPORT_RETENTION_DAYS',
  eventRetentionDays: 'EVENT_RETENTION_DAYS',
  /** `true` or `false`: whether new subscribers are asked to confirm their address (contract 6). */
  doubleOptIn: 'DOUBLE_OPT_IN',
  /** `true` or `false`: whether updates are published on the bus, member by member (contract 3.5). */
  fieldChangeEvents: 'FIELD_CHANGE_EVENTS',
  /** `true` or `false`: whether contacts that join and leave segments are published on the bus. */
  segmentEvents: 'SEGMENT_EVENTS',
  /** `true` or `false`: whether contacts that the undo of an import removes are published on the bus. */
  removalEvents: 'REMOVAL_EVENTS',
  /** `true` or `false`: whether callers may delete past events. */
  deletePastEvents: 'DELETE_PAST_EVENTS',
  /** The address at which people open links of messages: that of the API. */
  publicUrl: 'PUBLIC_URL',
  messageRetentionDays: 'MESSAGE_RETENTION_DAYS',
  /** JSON: every address that e-mails may come from, the usual one first; none: no e-mail can be sent yet. */
  senderAddresses: 'SENDER_ADDRESSES',
  /** JSON: what SMS may come from, the first if nothing is asked; none: there are no SMS. */
  smsSenders: 'SMS_SENDERS',
  /** The configuration set of Amazon SES. */
  configurationSet: 'CONFIGURATION_SET',
  /** Compressed JSON: the stage's own texts of the confirmation message; none: those that come along. */
  confirmationMessage: 'CONFIRMATION_MESSAGE',
  /** The same of the pages behind its link. */
  confirmationPages: 'CONFIRMATION_PAGES',
  /** The same of the pages behind an unsubscribe link. */
  unsubscribePages: 'UNSUBSCRIBE_PAGES',
  /** The colour of buttons, as `#rrggbb`. */
  accentColour: 'ACCENT_COLOUR',
  /** The image on top of mails and pages; none: there is none. */
  logoUrl: 'LOGO_URL',
  confirmationLinkDays: 'CONFIRMATION_LINK_DAYS',
  /** The name of the segment that a confirmed contact joins. */
  confirmedSegment: 'CONFIRMED_SEGMENT',
  /** JSON: the page after confirming, by the form that the person came from or `default`. */
  redirectUrls: 'REDIRECT_URLS',
  /** The member of a subscription that only programs fill in. */
  honeypotField: 'HONEYPOT_FIELD',
  /** `status` or `nothing`: what the answer to a form tells of its address. */
  formTells: 'FORM_TELLS',
  /** Forms a minute from one network. */
  formsPerSource: 'FORMS_PER_SOURCE',
  /** Forms an hour about one address. */
  formsPerAddress: 'FORMS_PER_ADDRESS',
  captchaUrl: 'CAPTCHA_URL',
  captchaSecret: 'CAPTCHA_SECRET',
  /** An integer that `GET /api/v1/account/info` calls `orgId`. */
  organisationId: 'ORGANISATION_ID',
  organisationName: 'ORGANISATION_NAME',
  accountEmail: 'ACCOUNT_EMAIL',
  currency: 'CURRENCY',
  /** `true` or `false`: whether callers may link to files by `http://`, too. */
  httpLinks: 'HTTP_LINKS',
  /** The largest file, in MB of 1,048,576 bytes. */
  uploadMaxMegabytes: 'UPLOAD_MAX_MEGABYTES',
  /** `true` on a developer's own machine only, and in no template: links may lead to that machine. */
  allowLoopbackLinks: 'ALLOW_LOOPBACK_LINKS',
  /** What the names of the operations' functions begin with, e.g. `rollcall-prod-`. */
  operationFunctionPrefix: 'OPERATION_FUNCTION_PREFIX',
  /** JSON: the settings of the stage, for people to read. */
  settings: 'SETTINGS',
  logLevel: 'POWERTOOLS_LOG_LEVEL',
  serviceName: 'POWERTOOLS_SERVICE_NAME',
} as const;

/** The variable that holds the address of a queue, by its name within the stage, e.g. `SEGMENT_LEFTOVERS_QUEUE_URL`. */
export const queueUrlVariable = (queue: string): string => `${queue.replaceAll('-', '_').toUpperCase()}_QUEUE_URL`;
