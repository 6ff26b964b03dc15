/**
 * What a key must be allowed to do before a route answers (contract 1.2); `admin` is everything of our own, and `public`
 * needs no key.
 */
export type Access =
  | 'public'
  | 'version'
  | 'always'
  | 'subscribe'
  | 'readContacts'
  | 'writeContacts'
  | 'events'
  | 'messages'
  | 'admin';

/** One operation: its method, its paths without trailing slash, the right it asks for and its rate limit. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly paths: readonly string[];
  readonly access: Access;
  /** Whether HEAD is answered like GET. */
  readonly alsoHead?: true;
  /** Requests a second that the gateway lets through; `defaultRatePerSecond` if absent (contract 1.6). */
  readonly ratePerSecond?: number;
}

/** Requests a second for each route that names no rate of its own (contract 1.6). */
export const defaultRatePerSecond = 200;

/**
 * Every operation the API answers, one Lambda each: `functions/<kebab-case name>/handler.ts`. The function of
 * `$default` forwards the same paths with trailing slashes (contract 1.1).
 */
export const routes = {
  addContacts: { method: 'POST', paths: ['/api/v1/contacts'], access: 'writeContacts' },
  subscribeContact: { method: 'POST', paths: ['/api/v1/contact/subscribe'], access: 'subscribe' },
  addContact: { method: 'POST', paths: ['/api/v1/contact'], access: 'writeContacts' },
  updateContact: { method: 'PUT', paths: ['/api/v1/contact/{id}'], access: 'writeContacts' },
  getImportStatus: { method: 'GET', paths: ['/api/v1/importstatus/{sessionId}'], access: 'writeContacts' },
  getContact: { method: 'GET', paths: ['/api/v1/contact/{id}'], access: 'readContacts' },
  deleteContact: { method: 'DELETE', paths: ['/api/v1/contact/{id}'], access: 'writeContacts' },
  deleteExternalContact: { method: 'DELETE', paths: ['/api/v1/contact'], access: 'writeContacts' },
  searchContacts: { method: 'GET', paths: ['/api/v1/contacts'], access: 'readContacts', ratePerSecond: 50 },
  getContactEmails: { method: 'GET', paths: ['/api/v1/contacts/email'], access: 'readContacts' },
  unsubscribeEmails: { method: 'POST', paths: ['/api/v1/emails/unsubscribed/add'], access: 'writeContacts' },
  resubscribeEmails: { method: 'POST', paths: ['/api/v1/emails/unsubscribed/delete'], access: 'writeContacts' },
  listGroups: { method: 'GET', paths: ['/api/v1/groups'], access: 'readContacts' },
  listGroupContacts: { method: 'GET', paths: ['/api/v1/group/{id}/contacts'], access: 'readContacts' },
  attachContacts: { method: 'POST', paths: ['/api/v1/group/{id}/contacts/attach'], access: 'writeContacts' },
  detachContacts: { method: 'POST', paths: ['/api/v1/group/{id}/contacts/detach'], access: 'writeContacts' },
  listSubscriptions: { method: 'GET', paths: ['/api/v1/subscriptions'], access: 'always' },
  getContactSubscriptions: { method: 'GET', paths: ['/api/v1/contact/{id}/subscriptions'], access: 'readContacts' },
  setContactSubscriptions: { method: 'PUT', paths: ['/api/v1/contact/{id}/subscriptions'], access: 'writeContacts' },
  getAddressBooks: { method: 'GET', paths: ['/api/v1/addressbooks'], access: 'always' },
  getVersion: { method: 'GET', paths: ['/api/v1/version', '/api/v2/version'], access: 'version' },
  getAccountInfo: { method: 'GET', paths: ['/api/v1/account/info'], access: 'always' },
  getBalance: { method: 'GET', paths: ['/api/v1/balance'], access: 'always' },
  listContacts: { method: 'GET', paths: ['/admin/v1/contacts'], access: 'admin' },
  describeContact: { method: 'GET', paths: ['/admin/v1/contacts/{id}'], access: 'admin' },
  listSegments: { method: 'GET', paths: ['/admin/v1/segments'], access: 'admin' },
  createSegment: { method: 'POST', paths: ['/admin/v1/segments'], access: 'admin' },
  renameSegment: { method: 'PUT', paths: ['/admin/v1/segments/{id}'], access: 'admin' },
  deleteSegment: { method: 'DELETE', paths: ['/admin/v1/segments/{id}'], access: 'admin' },
  listCategories: { method: 'GET', paths: ['/admin/v1/subscriptions'], access: 'admin' },
  defineCategory: { method: 'PUT', paths: ['/admin/v1/subscriptions/{key}'], access: 'admin' },
  removeCategory: { method: 'DELETE', paths: ['/admin/v1/subscriptions/{key}'], access: 'admin' },
  listEvents: { method: 'GET', paths: ['/admin/v1/events'], access: 'admin' },
  listImports: { method: 'GET', paths: ['/admin/v1/imports'], access: 'admin' },
  pauseImport: { method: 'POST', paths: ['/admin/v1/imports/{sessionId}/pause'], access: 'admin' },
  resumeImport: { method: 'POST', paths: ['/admin/v1/imports/{sessionId}/resume'], access: 'admin' },
  cancelImport: { method: 'POST', paths: ['/admin/v1/imports/{sessionId}/cancel'], access: 'admin' },
  describeImport: { method: 'GET', paths: ['/admin/v1/imports/{sessionId}'], access: 'admin' },
  listImportRows: { method: 'GET', paths: ['/admin/v1/imports/{sessionId}/rows'], access: 'admin' },
  downloadImportRows: { method: 'GET', paths: ['/admin/v1/imports/{sessionId}/rows.csv'], access: 'admin' },
  listFields: { method: 'GET', paths: ['/admin/v1/fields'], access: 'admin' },
  createField: { method: 'POST', paths: ['/admin/v1/fields'], access: 'admin' },
  resendConfirmation: { method: 'POST', paths: ['/admin/v1/contacts/{id}/confirmation'], access: 'admin' },
  showConfirmation: { method: 'GET', paths: ['/confirm'], access: 'public', alsoHead: true },
  confirmContact: { method: 'POST', paths: ['/confirm'], access: 'public' },
  generateEvent: { method: 'POST', paths: ['/api/v1/event', '/api/v2/event'], access: 'events', ratePerSecond: 350 },
  addPastEvents: {
    method: 'POST',
    paths: ['/api/v1/past_events', '/api/v2/past_events'],
    access: 'events',
    ratePerSecond: 100,
  },
  deletePastEvents: {
    method: 'DELETE',
    paths: ['/api/v1/past_events', '/api/v2/past_events'],
    access: 'events',
    ratePerSecond: 5,
  },
  addOrders: { method: 'POST', paths: ['/api/v1/orders'], access: 'writeContacts' },
  listOrders: { method: 'GET', paths: ['/admin/v1/orders'], access: 'admin' },
  listEventTypes: { method: 'GET', paths: ['/admin/v1/event-types'], access: 'admin' },
  defineEventType: { method: 'PUT', paths: ['/admin/v1/event-types/{eventTypeKey}'], access: 'admin' },
  removeEventType: { method: 'DELETE', paths: ['/admin/v1/event-types/{eventTypeKey}'], access: 'admin' },
  uploadContacts: { method: 'POST', paths: ['/api/v1/contacts/upload'], access: 'writeContacts' },
  createUpload: { method: 'POST', paths: ['/admin/v1/uploads'], access: 'admin' },
  importUpload: { method: 'POST', paths: ['/admin/v1/uploads/{uploadId}/import'], access: 'admin' },
  sendEmail: { method: 'POST', paths: ['/api/v1/message/email'], access: 'messages' },
  sendSms: { method: 'POST', paths: ['/api/v1/message/sms'], access: 'messages' },
  sendStoredMessage: { method: 'POST', paths: ['/api/v1/message/{id}/send'], access: 'messages' },
  smartSend: { method: 'POST', paths: ['/api/v1/message/{id}/smartsend'], access: 'messages' },
  getMessageStatus: { method: 'GET', paths: ['/api/v1/message/status'], access: 'messages' },
  listMessages: { method: 'GET', paths: ['/admin/v1/messages'], access: 'admin' },
  createMessage: { method: 'POST', paths: ['/admin/v1/messages'], access: 'admin' },
  describeMessage: { method: 'GET', paths: ['/admin/v1/messages/{id}'], access: 'admin' },
  replaceMessage: { method: 'PUT', paths: ['/admin/v1/messages/{id}'], access: 'admin' },
  deleteMessage: { method: 'DELETE', paths: ['/admin/v1/messages/{id}'], access: 'admin' },
  listWorkflows: { method: 'GET', paths: ['/admin/v1/workflows'], access: 'admin' },
  saveWorkflow: { method: 'PUT', paths: ['/admin/v1/workflows/{workflowId}'], access: 'admin' },
  describeWorkflow: { method: 'GET', paths: ['/admin/v1/workflows/{workflowId}'], access: 'admin' },
  deleteWorkflow: { method: 'DELETE', paths: ['/admin/v1/workflows/{workflowId}'], access: 'admin' },
  listWorkflowRuns: { method: 'GET', paths: ['/admin/v1/workflow-runs'], access: 'admin' },
  describeWorkflowRun: { method: 'GET', paths: ['/admin/v1/workflow-runs/{runId}'], access: 'admin' },
} as const satisfies Record<string, Route>;

/** The name of an operation of the route table. */
export type Operation = keyof typeof routes;
