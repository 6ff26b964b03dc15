import type { Suppression } from '#domain/subscriptions/suppression.ts';

/** What a write says of a contact; `null` clears. */
export interface OracleDraft {
  readonly externalCustomerId?: string;
  readonly email?: string;
  readonly sms?: string;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
}

/** One write as a caller asks for it. A `target` is a contact by the order of births, from 1. */
export type OracleWrite =
  | {
      readonly method: 'bulk';
      readonly rows: readonly OracleDraft[];
      readonly dedupeOn: 'email' | 'sms' | 'externalCustomerId';
      readonly restoreDeleted: boolean;
      readonly groups: readonly string[];
      readonly leaves: readonly string[];
      /** What its caller does with it: resumes it at once, cancels it before it begins, or takes it back at once. */
      readonly held?: 'paused' | 'cancelled' | 'undone' | undefined;
    }
  | {
      readonly method: 'subscribe';
      readonly draft: OracleDraft;
      readonly groups: readonly string[];
      readonly formType?: string;
    }
  | { readonly method: 'add'; readonly draft: OracleDraft; readonly groups: readonly string[] }
  | {
      readonly method: 'put';
      readonly target: number;
      readonly draft: OracleDraft;
      readonly groups: readonly string[];
    }
  | { readonly method: 'delete' | 'erase'; readonly target: number }
  | { readonly method: 'suppress'; readonly email: string; readonly reason: Suppression['reason'] };

/** A contact as the oracle knows it. */
export interface OracleContact {
  /** By the order of births, from 1. */
  readonly number: number;
  state: 'active' | 'deleted' | 'erased';
  /** By their names on the wire. */
  values: Map<string, string>;
  confirmed: boolean;
  readonly source: string;
  readonly segments: Set<string>;
  /** The write that changed it last. */
  changedIn: number;
}

/** What a caller is answered: the contacts it meant, or why it meant none. */
export interface OracleAnswer {
  readonly contacts: readonly (number | undefined)[];
  readonly status?: string;
  readonly refusal?: string;
}

/** An event that is due: its type, the contact's number and the address in it. */
export type OracleEvent = readonly [type: string, contact: number, email: string | undefined];

/** Everything there is. */
export interface OracleWorld {
  readonly contacts: readonly OracleContact[];
  readonly events: readonly OracleEvent[];
  /** Of several contacts that a write may mean, the `favourite` is meant, although another would come before it. */
  write(asked: OracleWrite, favourite?: number): OracleAnswer;
}

/**
 * Contract 3, 4.1, 4.4, 4.5, 4.7 and 4.14 told a second time, as simply as can be: a list of contacts that is searched
 * from end to end, one write after the other.
 */
export const writeOracle = (): OracleWorld => {
  const contacts: OracleContact[] = [];
  const events: OracleEvent[] = [];
  const suppressed = new Map<string, Suppression['reason']>();
  let turn = 0;
  let favourite: number | undefined;

  const owner = (name: string, value: string) =>
    contacts.filter(({ state, values }) => state !== 'erased' && values.get(name) === value);

  const find = (draft: OracleDraft, { channels, isGuarded }: SaveRule): OracleContact | undefined => {
    const external = draft.externalCustomerId;
    const [named] = external ? owner('externalCustomerId', external) : [];
    if (named) return named;
    for (const channel of channels) {
      const value = draft[channel as 'email' | 'sms'];
      const fitting = value
        ? owner(channel, value)
            .filter(({ values }) => !external || !values.has('externalCustomerId'))
            .filter((one) => !isGuarded || mayBeMeant(draft, one, channel))
        : [];
      const [best] = fitting.sort(
        (one, other) =>
          Number(one.state === 'deleted') - Number(other.state === 'deleted') ||
          other.changedIn - one.changedIn ||
          other.number - one.number,
      );
      if (best) return fitting.find(({ number }) => number === favourite) ?? best;
    }
    return undefined;
  };

  /** One who is added or subscribes: nobody is restored or taken over by a phone number alone. */
  const mayBeMeant = (draft: OracleDraft, { state, values }: OracleContact, channel: string): boolean => {
    const isAlone = owner(channel, values.get(channel) ?? '').length === 1;
    if (state === 'deleted') return channel === 'email' && isAlone;
    return channel === 'email' || !draft.externalCustomerId || (draft.email ?? '') === values.get('email');
  };

  const bear = (draft: OracleDraft, source: string, confirmed: boolean): OracleContact => {
    const contact: OracleContact = {
      number: contacts.length + 1,
      state: 'active',
      values: merged(new Map(), draft),
      confirmed,
      source,
      segments: new Set(),
      changedIn: turn,
    };
    contacts.push(contact);
    return contact;
  };

  const update = (contact: OracleContact, draft: OracleDraft, confirmed: boolean): void => {
    const values = merged(contact.values, draft);
    const isSame = contact.state === 'active' && JSON.stringify([...values]) === JSON.stringify([...contact.values]);
    if (isSame) return;
    if (values.has('email') && values.get('email') !== contact.values.get('email')) contact.confirmed = confirmed;
    Object.assign(contact, { values, state: 'active', changedIn: turn });
  };

  const save = (draft: OracleDraft, groups: readonly string[], rule: SaveRule) => {
    const found = find(draft, rule);
    if (found?.state === 'deleted' && !rule.restores) return { contact: undefined, isNew: false };
    if (found?.state === 'deleted' && rule.isGuarded) found.segments.clear();
    if (found) update(found, draft, rule.confirmed);
    const contact = found ?? bear(draft, rule.source, rule.confirmed);
    for (const group of groups) contact.segments.add(group);
    return { contact, isNew: !found };
  };

  const saveRows = ({ rows, dedupeOn, restoreDeleted, groups, leaves }: Asked<'bulk'>): OracleAnswer => {
    const rule = {
      channels: [dedupeOn],
      source: 'IMPORT',
      confirmed: true,
      restores: restoreDeleted,
      isGuarded: false,
    };
    const numbers = rows.map((row) => {
      if (!row.externalCustomerId && !row[dedupeOn]) return undefined;
      const { contact, isNew } = save(row, groups, rule);
      for (const left of leaves) contact?.segments.delete(left);
      if (contact && isNew) events.push(['newContact', contact.number, undefined]);
      return contact?.number;
    });
    return { contacts: numbers };
  };

  const bulk = (asked: Asked<'bulk'>): OracleAnswer => {
    if (asked.held === 'cancelled') return { contacts: asked.rows.map(() => undefined) };
    const before = contacts.map((contact) => ({ ...contact, segments: [...contact.segments] }));
    const answer = saveRows(asked);
    if (asked.held === 'undone') for (const contact of contacts) takeBack(contact, before[contact.number - 1]);
    return answer;
  };

  const subscribe = ({ draft, groups, formType }: Asked<'subscribe'>): OracleAnswer => {
    const rule = { channels: ['email', 'sms'], source: 'SUBSCRIPTION', confirmed: false, ...guarded };
    const { contact, isNew } = save(draft, groups, rule);
    const suffix = formType ? `-${formType}` : '';
    events.push([
      `${isNew ? 'subscribeFromApi' : 'subscribeUpdateFromApi'}${suffix}`,
      contact?.number ?? 0,
      draft.email,
    ]);
    const reason = suppressed.get(draft.email ?? '');
    const confirmedStatus = contact?.confirmed && !reason ? 'ALREADY_SUBSCRIBED' : 'NEED_CONFIRMATION';
    const status = reason === 'blacklisted' ? 'BLACKLISTED' : confirmedStatus;
    return { contacts: [contact?.number], ...(draft.email && { status }) };
  };

  const add = ({ draft, groups }: Asked<'add'>): OracleAnswer => {
    const rule = { channels: ['email', 'sms'], source: 'API', confirmed: true, ...guarded };
    return { contacts: [save(draft, groups, rule).contact?.number] };
  };

  const put = ({ target, draft, groups }: Asked<'put'>): OracleAnswer => {
    const contact = contacts[target - 1];
    if (contact?.state !== 'active') return { contacts: [], refusal: 'NOT_FOUND' };
    const [taken] = draft.externalCustomerId ? owner('externalCustomerId', draft.externalCustomerId) : [];
    if (taken && taken !== contact) return { contacts: [], refusal: 'EXTERNAL_ID_TAKEN' };
    update(contact, draft, true);
    for (const group of groups) contact.segments.add(group);
    return { contacts: [target] };
  };

  const remove = ({ method, target }: Asked<'delete' | 'erase'>): OracleAnswer => {
    const contact = contacts[target - 1];
    const isThere = contact && (method === 'erase' ? contact.state !== 'erased' : contact.state === 'active');
    if (!isThere) return { contacts: [], refusal: 'NOT_FOUND' };
    contact.changedIn = turn;
    contact.state = method === 'erase' ? 'erased' : 'deleted';
    if (method === 'erase') contact.values = new Map();
    return { contacts: [target] };
  };

  const write = (asked: OracleWrite, preferred?: number): OracleAnswer => {
    turn += 1;
    favourite = preferred;
    switch (asked.method) {
      case 'bulk':
        return bulk(asked);
      case 'subscribe':
        return subscribe(asked);
      case 'add':
        return add(asked);
      case 'put':
        return put(asked);
      case 'delete':
      case 'erase':
        return remove(asked);
      case 'suppress':
        suppressed.set(asked.email, strongest(asked.reason, suppressed.get(asked.email)));
        return { contacts: [] };
    }
  };

  return { contacts, events, write };
};

const takeBack = (
  contact: OracleContact,
  before: (Omit<OracleContact, 'segments'> & { segments: string[] }) | undefined,
) => {
  contact.segments.clear();
  if (!before) return void Object.assign(contact, { state: 'erased', values: new Map() });
  const { state, values, confirmed, segments } = before;
  for (const segment of segments) contact.segments.add(segment);
  Object.assign(contact, { state, values, confirmed });
};

type Asked<Method extends OracleWrite['method']> = Extract<OracleWrite, { method: Method }>;

interface SaveRule {
  readonly channels: readonly string[];
  readonly source: string;
  readonly confirmed: boolean;
  readonly restores: boolean;
  readonly isGuarded: boolean;
}

const guarded = { restores: true, isGuarded: true };

const members = ['externalCustomerId', 'email', 'sms', 'firstName', 'lastName'] as const;

const merged = (values: ReadonlyMap<string, string>, draft: OracleDraft): Map<string, string> => {
  const all = members.map((name) => [name, draft[name] === undefined ? values.get(name) : draft[name]] as const);
  return new Map(all.flatMap(([name, value]) => (value ? [[name, value] as const] : [])));
};

/** Nothing is ever sent to a blacklisted address, whatever else it did. */
const strongest = (one: Suppression['reason'], other: Suppression['reason'] | undefined): Suppression['reason'] => {
  if (one === 'blacklisted' || other === 'blacklisted') return 'blacklisted';
  return one === 'spam' || other === 'spam' ? 'spam' : one;
};
