import {
  addressesBodyBytes,
  bulkBodyBytes,
  contactBodyBytes,
  messageBodyBytes,
  usualBodyBytes,
} from '#contract/body-bytes.ts';
import { contactLimits } from '#contract/contacts/contact-request.ts';
import { maxRows } from '#contract/contacts/search-contacts.ts';
import { maxEventBytes } from '#contract/events/event-request.ts';
import { maxContacts } from '#contract/imports/add-contacts.ts';
import { messageLimits } from '#contract/messages/message-content.ts';
import { maxRecipients } from '#contract/messages/recipients.ts';
import { orderLimits } from '#contract/orders/order-request.ts';
import { maxUnsubscribedEmails } from '#contract/subscriptions/unsubscribed-emails.ts';
import { fileLimits } from '#csv/file-limits.ts';
import { maxFieldIdentityLength } from '#domain/contacts/identity.ts';
import { maxIdentities, maxOwners } from '#domain/contacts/working-state.ts';
import { maxCarried } from '#domain/imports/prediction.ts';
import { maxMappingEntries } from '#usecases/imports/get-import-status.ts';
import { mostLaunchesAnHour } from '#usecases/workflows/launch-run.ts';
import { mostWorkflows } from '#usecases/workflows/manage-workflows.ts';

const number = (value: number): string => value.toLocaleString('en-US');

/** What one request, contact, file or workflow may have at most, by the constants that hold it to that. */
export const limitsTable = (): string[] => [
  '| what | at most | beyond it |',
  '|---|---|---|',
  `| body of a request with many contacts, orders, past events or recipients with parameters | ${number(bulkBodyBytes)} bytes | 413 |`,
  `| body with the text of an e-mail, sent or stored | ${number(messageBodyBytes)} bytes | 413 |`,
  `| body with a list of addresses or ids, a custom field or a workflow | ${number(addressesBodyBytes)} bytes | 413 |`,
  `| body of one contact | ${number(contactBodyBytes)} bytes | 413 |`,
  `| body of any other request, such as that of a form | ${number(usualBodyBytes)} bytes | 413 |`,
  `| body of an event | ${number(maxEventBytes)} bytes | 413 |`,
  `| contacts of one bulk request | ${number(maxContacts)} | 400 |`,
  `| orders of one request | ${number(orderLimits.orders)} | 400 |`,
  `| recipients of one message request | ${number(maxRecipients)} | 400 |`,
  `| addresses of one unsubscribe request | ${number(maxUnsubscribedEmails)} | 400 |`,
  `| rows of one page of a list under \`/api\` | ${number(maxRows)} | the rest is on the next page |`,
  `| one contact | ${number(contactLimits.bytes)} bytes as JSON | the row fails with \`TOO_LARGE\` |`,
  `| channels and custom fields of a contact | ${number(contactLimits.tokens)} and ${number(contactLimits.fields)} | the row fails with \`TOO_LARGE\` |`,
  `| values that one contact is found by | ${number(maxIdentities)} | the row fails with \`TOO_LARGE\` |`,
  `| contacts that share one e-mail address, phone number or field value | ${number(maxOwners)} | the row fails with \`TOO_MANY_OWNERS\` |`,
  `| a custom field value that contacts are found by | ${number(maxFieldIdentityLength)} characters | it is stored, and contacts are not found by it |`,
  `| one row of a file | ${number(fileLimits.rowBytes)} bytes | the row fails with \`ROW_TOO_LONG\`; its first ${number(fileLimits.keptBytes)} bytes are kept |`,
  `| columns of a file | ${number(fileLimits.columns)}, with ${number(fileLimits.headerLength)} characters in the header | the import ends in \`ERROR\` |`,
  `| content of a packed file | ${number(fileLimits.packing)} times its size | the import ends in \`ERROR\` |`,
  `| \`mapping\` of \`importstatus\` | ${number(maxMappingEntries)} entries | \`GET /admin/v1/imports/{sessionId}/rows\` has all |`,
  `| contacts that a dry run remembers for rows further down | ${number(maxCarried)} | the dry run ends in \`ERROR\` |`,
  `| bodies of an e-mail together | ${number(messageLimits.bodyBytes)} bytes | 400 |`,
  `| an SMS | ${number(messageLimits.smsLength)} characters | 400 |`,
  `| workflows of a stage | ${number(mostWorkflows)} | 400 |`,
  `| launches of one workflow by one contact, or by one key if the contact is unknown | ${number(mostLaunchesAnHour)} an hour | not launched; \`launch-workflows\` logs a warning |`,
];
