import type { ContactDraft } from '#domain/contacts/contact.ts';
import { RollcallError } from '#domain/error.ts';
import { excessOf, type SubmittedOrder } from '#domain/orders/order.ts';
import type { Problem } from '#domain/problem.ts';
import { normaliseEmail } from '#identity/email.ts';
import { bareExternalId } from '#identity/external-id.ts';
import { isJunk, type JunkRule } from '#identity/junk.ts';
import { normalisePhone } from '#identity/phone.ts';
import { type NameRule, readPersonName } from '../contacts/read-name.ts';
import { noIdentity, quoted } from '../contacts/reading.ts';
import { binderOf, isObject } from '../imports/bind.ts';
import { demandOf, fieldOfIssue } from '../issue.ts';
import { readMoment } from '../moment.ts';
import { orderLimits, orderRequest } from './order-request.ts';

/** What a submitted order came to: the order and the contact that it may add, or every reason why it cannot be taken. */
export type ReadOrder =
  | { readonly order: SubmittedOrder; readonly errors: readonly []; readonly warnings?: readonly Problem[] }
  | { readonly order?: undefined; readonly errors: readonly Problem[]; readonly warnings?: undefined };

/**
 * The orders of a request, each still as it came.
 * @throws RollcallError INVALID_REQUEST if there are none, or more than 1,000.
 */
export const submittedOrders = (body: unknown): readonly unknown[] => {
  const { orders } = isObject(body) ? body : {};
  const submitted = Array.isArray(orders) ? orders : isObject(orders) ? [orders] : [];
  if (submitted.length >= 1 && submitted.length <= orderLimits.orders) return submitted;
  const message = `orders must have 1 to ${orderLimits.orders} orders, and has ${submitted.length}`;
  throw new RollcallError('INVALID_REQUEST', message);
};

/**
 * Reads every order of a request beside what came, for the answer to name those that failed.
 * @throws RollcallError INVALID_REQUEST if there are none, or more than 1,000.
 */
export const readOrders = (body: unknown, rule: OrderRule) =>
  submittedOrders(body).map((value) => ({ value, ...readOrder(value, rule) }));

/** How orders are read. */
interface OrderRule extends Pick<NameRule, 'strictNames'> {
  /** ISO 3166-1 alpha-2; national phone numbers are read in it. */
  readonly defaultCountry: string;
  /** What stands for no identity in this stage. */
  readonly junk?: JunkRule;
}

/** The most problems that one order lists. */
const maxProblems = 10;

const bindOrder = binderOf(orderRequest);

/**
 * Reads one order, leniently (contract 1.3 and 4.18); national phone numbers are read in the country. An invalid
 * address or phone is left out if something else says whose the order is. It never throws.
 */
export const readOrder = (value: unknown, rule: OrderRule): ReadOrder => {
  if (!isObject(value)) return { errors: [notAnObject] };
  const parsed = orderRequest.safeParse(withTexts(inCapitals(bindOrder(value))));
  if (!parsed.success) return { errors: parsed.error.issues.slice(0, maxProblems).map(problemOf) };
  const errors: Problem[] = [];
  const { email, phone, externalCustomerId, date, additionalInfo, ...plain } = parsed.data;
  const items = plain.items?.map(({ externalItemId, ...item }) => ({
    ...(externalItemId && { externalItemId }),
    ...item,
  }));
  const members = { ...plain, ...(items && { items }), additionalInfo };
  const occurredAt = readMoment(date);
  if (occurredAt === undefined) errors.push(invalid('date', 'date must be a time in ISO 8601'));
  const leftOut: Problem[] = [];
  const identity = {
    externalCustomerId: readExternalId(externalCustomerId, rule, leftOut),
    email: readEmail(email, rule, leftOut),
    phone: readPhone(phone, rule, leftOut),
  };
  if (!Object.values(identity).some(Boolean)) errors.push(...(leftOut.length > 0 ? leftOut : [nobody]));
  const excess = excessOf(members);
  if (excess) errors.push(excess);
  if (errors.length > 0) return { errors };
  const content = given({ ...members, ...identity, date: occurredAt }) as SubmittedOrder['content'];
  const warnings = [
    ...leftOut.map((one): Problem => ({ ...one, message: `${one.message} and was left out` })),
    ...namelessItems(items ?? []),
  ];
  const draft = draftOf(content, rule, warnings);
  return { order: { content, draft }, errors: [], ...(warnings.length > 0 && { warnings }) };
};

/** Statuses and currencies count in any case. */
const inCapitals = (order: unknown): unknown => {
  if (!isObject(order)) return order;
  const { status, currency } = order;
  return {
    ...order,
    ...(typeof status === 'string' && { status: status.trim().toUpperCase() }),
    ...(typeof currency === 'string' && { currency: currency.trim().toUpperCase() }),
  };
};

/** An address or a phone that is no text at all is one that is none, so that it is left out like any other. */
const withTexts = (order: unknown): unknown => {
  if (!isObject(order)) return order;
  const { email, phone } = order;
  return {
    ...order,
    ...(isObject(email) && { email: JSON.stringify(email) }),
    ...(isObject(phone) && { phone: JSON.stringify(phone) }),
  };
};

/** Whether a text says nothing of who somebody is; one that only stands for nothing is told of. */
const isNobody = (field: string, text: string, { rule, leftOut }: { rule: OrderRule; leftOut: Problem[] }): boolean => {
  if (text.trim() === '') return true;
  if (!isJunk(text, rule.junk)) return false;
  leftOut.push(noIdentity(field, text));
  return true;
};

/** Guests of many shops have the id 0. */
const readExternalId = (text: string | undefined, rule: OrderRule, leftOut: Problem[]): string | undefined => {
  if (text === undefined || isNobody('externalCustomerId', text, { rule, leftOut })) return undefined;
  return bareExternalId(text);
};

const readEmail = (text: string | undefined, rule: OrderRule, leftOut: Problem[]): string | undefined => {
  if (text === undefined || isNobody('email', text, { rule, leftOut })) return undefined;
  const email = normaliseEmail(text);
  const message = `${quoted(text)} is not valid email`;
  if (email === undefined) leftOut.push({ code: 'INVALID_EMAIL', field: 'email', message });
  return email;
};

const readPhone = (text: string | undefined, rule: OrderRule, leftOut: Problem[]): string | undefined => {
  if (text === undefined || isNobody('phone', text, { rule, leftOut })) return undefined;
  const phone = normalisePhone(text, rule.defaultCountry, 'long');
  const message = `${quoted(text)} is not valid phone number`;
  if (phone === undefined) leftOut.push({ code: 'INVALID_PHONE', field: 'phone', message });
  return phone;
};

/** What is said: a text of white space says nothing. */
const given = (members: object): object =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && !/^\s*$/.test(String(value))),
  );

/** The contact that an order adds. What a contact cannot have of a name stays with the order alone. */
const draftOf = (content: SubmittedOrder['content'], rule: NameRule, warnings: Problem[]): ContactDraft => {
  const { externalCustomerId, email, phone } = content;
  const names = (['firstName', 'lastName'] as const).flatMap((member) => {
    const { name, problem } = readPersonName(member, content[member] ?? '', rule);
    if (problem) warnings.push(problem);
    return name ? [[member, name] as const] : [];
  });
  return {
    ...(externalCustomerId !== undefined && { externalCustomerId }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { sms: phone }),
    ...Object.fromEntries(names),
  };
};

/** Items that the shop has no id for are kept: what was bought counts. */
const namelessItems = (items: readonly { readonly externalItemId?: string }[]): Problem[] => {
  const places = items.flatMap(({ externalItemId }, index) => (externalItemId === undefined ? index : []));
  return places
    .slice(0, maxProblems)
    .map((index) => invalid(`items[${index}].externalItemId`, `items[${index}] has no externalItemId`));
};

const notAnObject: Problem = { code: 'NOT_AN_OBJECT', field: 'order', message: 'The order is not an object' };

const nobody: Problem = {
  code: 'MISSING_DEDUPE_VALUE',
  field: 'externalCustomerId',
  message: 'The order has neither an externalCustomerId nor an email nor a phone',
};

const problemOf = (issue: Parameters<typeof demandOf>[0]): Problem => {
  const field = fieldOfIssue(issue);
  return invalid(field, `${field} must ${demandOf(issue)}`);
};

const invalid = (field: string, message: string): Problem => ({ code: 'INVALID_MEMBER', field, message });
