/** One operation: its method, its paths without trailing slash and its rate limit. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly paths: readonly string[];
  /** Whether it is answered without a key. */
  readonly isPublic?: true;
  /** Whether HEAD is answered like GET. */
  readonly alsoHead?: true;
  /** Requests a second that the gateway lets through; `defaultRatePerSecond` if absent (contract 1.6). */
  readonly ratePerSecond?: number;
  /** The function that answers it together with other operations, in camel case; one of its own name if absent. */
  readonly sharedFunction?: string;
}

/** Requests a second for each route that names no rate of its own (contract 1.6). */
export const defaultRatePerSecond = 200;

/**
 * Every operation the API answers: `functions/<kebab-case name>/handler.ts`, one Lambda each but for those that share one.
 * The function of `$default` forwards the same paths with trailing slashes (contract 1.1).
 */
export const routes = {
  addContacts: { method: 'POST', paths: ['/api/v1/contacts'] },
  subscribeContact: { method: 'POST', paths: ['/api/v1/contact/subscribe'] },
  addContact: { method: 'POST', paths: ['/api/v1/contact'] },
  updateContact: { method: 'PUT', paths: ['/api/v1/contact/{id}'] },
  getImportStatus: { method: 'GET', paths: ['/api/v1/importstatus/{sessionId}'] },
  getContact: { method: 'GET', paths: ['/api/v1/contact/{id}'] },
  deleteContact: { method: 'DELETE', paths: ['/api/v1/contact/{id}'] },
  deleteExternalContact: { method: 'DELETE', paths: ['/api/v1/contact'] },
  searchContacts: { method: 'GET', paths: ['/api/v1/contacts'], ratePerSecond: 50 },
  getContactEmails: { method: 'GET', paths: ['/api/v1/contacts/email'] },
  unsubscribeEmails: { method: 'POST', paths: ['/api/v1/emails/unsubscribed/add', '/api/v1/emails/unsubscribe/add'] },
  resubscribeEmails: {
    method: 'POST',
    paths: ['/api/v1/emails/unsubscribed/delete', '/api/v1/emails/unsubscribe/delete'],
  },
  listGroups: { method: 'GET', paths: ['/api/v1/groups'] },
  listGroupContacts: { method: 'GET', paths: ['/api/v1/group/{id}/contacts'] },
  attachContacts: { method: 'POST', paths: ['/api/v1/group/{id}/contacts/attach'] },
  detachContacts: { method: 'POST', paths: ['/api/v1/group/{id}/contacts/detach'] },
  listSubscriptions: { method: 'GET', paths: ['/api/v1/subscriptions'] },
  getContactSubscriptions: { method: 'GET', paths: ['/api/v1/contact/{id}/subscriptions'] },
  setContactSubscriptions: { method: 'PUT', paths: ['/api/v1/contact/{id}/subscriptions'] },
  getAddressBooks: { method: 'GET', paths: ['/api/v1/addressbooks'] },
  getVersion: { method: 'GET', paths: ['/api/v1/version', '/api/v2/version'] },
  getAccountInfo: { method: 'GET', paths: ['/api/v1/account/info'] },
  getBalance: { method: 'GET', paths: ['/api/v1/balance'] },
  listContacts: { method: 'GET', paths: ['/admin/v1/contacts'] },
  describeContact: { method: 'GET', paths: ['/admin/v1/contacts/{id}'] },
  listSegments: { method: 'GET', paths: ['/admin/v1/segments'] },
  createSegment: { method: 'POST', paths: ['/admin/v1/segments'] },
  renameSegment: { method: 'PUT', paths: ['/admin/v1/segments/{id}'] },
  deleteSegment: { method: 'DELETE', paths: ['/admin/v1/segments/{id}'] },
  listCategories: { method: 'GET', paths: ['/admin/v1/subscriptions'] },
  defineCategory: { method: 'PUT', paths: ['/admin/v1/subscriptions/{key}'] },
  removeCategory: { method: 'DELETE', paths: ['/admin/v1/subscriptions/{key}'] },
  listEvents: { method: 'GET', paths: ['/admin/v1/events'] },
  listImports: { method: 'GET', paths: ['/admin/v1/imports'] },
  undoImport: { method: 'POST', paths: ['/admin/v1/imports/{sessionId}/undo'] },
  pauseImport: { method: 'POST', paths: ['/admin/v1/imports/{sessionId}/pause'] },
  resumeImport: { method: 'POST', paths: ['/admin/v1/imports/{sessionId}/resume'] },
  cancelImport: { method: 'POST', paths: ['/admin/v1/imports/{sessionId}/cancel'] },
  describeImport: { method: 'GET', paths: ['/admin/v1/imports/{sessionId}'] },
  listImportRows: { method: 'GET', paths: ['/admin/v1/imports/{sessionId}/rows'] },
  downloadImportRows: { method: 'GET', paths: ['/admin/v1/imports/{sessionId}/rows.csv'] },
  listFields: { method: 'GET', paths: ['/admin/v1/fields'] },
  createField: { method: 'POST', paths: ['/admin/v1/fields'] },
  resendConfirmation: { method: 'POST', paths: ['/admin/v1/contacts/{id}/confirmation'] },
  showConfirmation: { method: 'GET', paths: ['/confirm'], isPublic: true, alsoHead: true },
  confirmContact: { method: 'POST', paths: ['/confirm'], isPublic: true },
  showUnsubscription: { method: 'GET', paths: ['/unsubscribe'], isPublic: true, alsoHead: true },
  unsubscribeByLink: { method: 'POST', paths: ['/unsubscribe'], isPublic: true },
  exportContacts: { method: 'GET', paths: ['/admin/v1/contacts.csv'] },
  editContact: { method: 'PUT', paths: ['/admin/v1/contacts/{id}'] },
  restoreContact: { method: 'POST', paths: ['/admin/v1/contacts/{id}/restoration'] },
  listContactMessages: { method: 'GET', paths: ['/admin/v1/contacts/{id}/messages'] },
  previewUpload: { method: 'POST', paths: ['/admin/v1/uploads/{uploadId}/preview'] },
  previewMessage: { method: 'GET', paths: ['/admin/v1/messages/{id}/preview'] },
  listKeys: { method: 'GET', paths: ['/admin/v1/keys'] },
  createKey: { method: 'POST', paths: ['/admin/v1/keys'] },
  revokeKey: { method: 'DELETE', paths: ['/admin/v1/keys/{keyId}'] },
  describeOwnKey: { method: 'GET', paths: ['/admin/v1/own-key'] },
  describeOverview: { method: 'GET', paths: ['/admin/v1/overview'] },
  describeSettings: { method: 'GET', paths: ['/admin/v1/settings'] },
  showConsole: { method: 'GET', paths: ['/console', '/console/{path+}'], isPublic: true, alsoHead: true },
  generateEvent: { method: 'POST', paths: ['/api/v1/event', '/api/v2/event'], ratePerSecond: 350 },
  addPastEvents: {
    method: 'POST',
    paths: ['/api/v1/past_events', '/api/v2/past_events'],
    ratePerSecond: 100,
  },
  deletePastEvents: {
    method: 'DELETE',
    paths: ['/api/v1/past_events', '/api/v2/past_events'],
    ratePerSecond: 5,
  },
  addOrders: { method: 'POST', paths: ['/api/v1/orders'] },
  listOrders: { method: 'GET', paths: ['/admin/v1/orders'] },
  listEventTypes: { method: 'GET', paths: ['/admin/v1/event-types'] },
  defineEventType: { method: 'PUT', paths: ['/admin/v1/event-types/{eventTypeKey}'] },
  removeEventType: { method: 'DELETE', paths: ['/admin/v1/event-types/{eventTypeKey}'] },
  uploadContacts: { method: 'POST', paths: ['/api/v1/contacts/upload'] },
  createUpload: { method: 'POST', paths: ['/admin/v1/uploads'] },
  importUpload: { method: 'POST', paths: ['/admin/v1/uploads/{uploadId}/import'] },
  sendEmail: { method: 'POST', paths: ['/api/v1/message/email'] },
  sendSms: { method: 'POST', paths: ['/api/v1/message/sms'] },
  sendStoredMessage: { method: 'POST', paths: ['/api/v1/message/{id}/send'] },
  smartSend: { method: 'POST', paths: ['/api/v1/message/{id}/smartsend'] },
  getMessageStatus: {
    method: 'GET',
    paths: ['/api/v1/message/status', '/api/v1/message/email/status', '/api/v1/message/sms/status'],
  },
  listMessages: { method: 'GET', paths: ['/admin/v1/messages'] },
  createMessage: { method: 'POST', paths: ['/admin/v1/messages'] },
  describeMessage: { method: 'GET', paths: ['/admin/v1/messages/{id}'] },
  replaceMessage: { method: 'PUT', paths: ['/admin/v1/messages/{id}'] },
  deleteMessage: { method: 'DELETE', paths: ['/admin/v1/messages/{id}'] },
  listWorkflows: { method: 'GET', paths: ['/admin/v1/workflows'] },
  saveWorkflow: { method: 'PUT', paths: ['/admin/v1/workflows/{workflowId}'] },
  describeWorkflow: { method: 'GET', paths: ['/admin/v1/workflows/{workflowId}'] },
  deleteWorkflow: { method: 'DELETE', paths: ['/admin/v1/workflows/{workflowId}'] },
  listWorkflowRuns: { method: 'GET', paths: ['/admin/v1/workflow-runs'] },
  describeWorkflowRun: { method: 'GET', paths: ['/admin/v1/workflow-runs/{runId}'] },
  addSiteDomain: {
    method: 'POST',
    paths: ['/api/v1/site/domains', '/api/v1/site/webpush/domain', '/api/v1/site/webpush/domains'],
    sharedFunction: 'siteTracking',
  },
  getSiteScript: { method: 'GET', paths: ['/api/v1/site/script'], sharedFunction: 'siteTracking' },
  getWebPushScript: { method: 'GET', paths: ['/api/v1/site/webpush/script'], sharedFunction: 'siteTracking' },
  getContactToken: { method: 'POST', paths: ['/api/v1/auth/contact/token'] },
  getEventTypes: { method: 'GET', paths: ['/api/v1/event'] },
  searchStoredMessages: { method: 'GET', paths: ['/api/v1/messages/{channel}'], sharedFunction: 'storedMessages' },
  addStoredMessage: { method: 'POST', paths: ['/api/v1/messages/{channel}'], sharedFunction: 'storedMessages' },
  getStoredMessage: { method: 'GET', paths: ['/api/v1/messages/{channel}/{id}'], sharedFunction: 'storedMessages' },
  updateStoredMessage: { method: 'PUT', paths: ['/api/v1/messages/{channel}/{id}'], sharedFunction: 'storedMessages' },
  removeStoredMessage: {
    method: 'DELETE',
    paths: ['/api/v1/messages/{channel}/{id}'],
    sharedFunction: 'storedMessages',
  },
  listContactActivity: {
    method: 'GET',
    paths: ['/api/v1/contactActivity', '/api/v2/contacts/activity'],
    sharedFunction: 'contactActivity',
  },
  getContactMessages: {
    method: 'GET',
    paths: ['/api/v2/contacts/messages'],
    ratePerSecond: 10,
    sharedFunction: 'contactActivity',
  },
  listSmsSenders: { method: 'GET', paths: ['/api/v1/interfaces/sms'], sharedFunction: 'storedMessages' },
} as const satisfies Record<string, Route>;

/** The name of an operation of the route table. */
export type Operation = keyof typeof routes;
