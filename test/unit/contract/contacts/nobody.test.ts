import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseSingleContact } from '#contract/contacts/single-contact.ts';
import { parseEvent } from '#contract/events/event-request.ts';
import { parseAddContacts } from '#contract/imports/add-contacts.ts';
import { readOrder } from '#contract/orders/orders.ts';
import { parseSubscription } from '#contract/subscriptions/subscription.ts';
import { isJunk, isNoValue } from '#identity/junk.ts';
import { moveIn } from '#test/support/files/moved-in.ts';

const rule = { defaultCountry: 'UA' };

/** Texts that stand for nobody, each as programs and people write it. */
const nobody =
  `NULL|null|(null)|<null>|[NULL]|None|NONE|none|undefined|NaN|N/A|n/a|#N/A|N\\A|NA|n.a.|-|--|—|–|‐|―|−|_|.|?|??|…|0|00|0.0|0000000000
  |TBD|tba|anonymous|Anonymous|ANON|guest|unknown|nil|void|[]|{}|()|""|''|\\N|#REF!|#VALUE!|false|[object Object]|xxx
  |00000000-0000-0000-0000-000000000000|немає|Нема|відсутній|не вказано|нет|Нет данных|отсутствует|не указан|неизвестно|аноним|гість
  |ＮＵＬＬ|Ｎ／Ａ|０|no phone|без телефону|none@none.com|noemail@noemail.com|null@null.null`
    .split('|')
    .map((text) => text.trim());

describe('a text that stands for nobody', () => {
  it.each(nobody)('%j is no identity', (text) => {
    expect(isJunk(text)).toBe(true);
  });

  it.each([
    '1',
    '007',
    'C-0',
    'null-1',
    'Nullmann',
    'Nina',
    'no',
    '0042',
    'anonymous42',
    'test@test.com',
    'na@shop.example',
  ])('%j is somebody', (text) => {
    expect(isJunk(text)).toBe(false);
  });

  test('is what a stage says, in any case and width, and not what it denies', () => {
    expect(isJunk('Walk-In', { junkValues: ['WALK-IN'] })).toBe(true);
    expect(isJunk('ＷＡＬＫ-IN', { junkValues: ['walk-in'] })).toBe(true);
    expect(isJunk('0', { realValues: ['0'] })).toBe(false);
    expect(isJunk('00', { realValues: ['0'] })).toBe(true);
  });

  test('stays one whatever marks, spaces and cases are around it', () => {
    const word = fc.constantFrom('null', 'none', 'n/a', 'undefined', 'tbd', 'немає');
    const marks = fc.stringMatching(/^[-()[\]{}<>"'.*_ ]{0,5}$/);

    fc.assert(
      fc.property(word, marks, marks, fc.boolean(), (text, before, after, isLarge) => {
        const said = `${before}${isLarge ? text.toUpperCase() : text}${after}`;
        expect(isJunk(said)).toBe(true);
        expect(isNoValue(said)).toBe(true);
      }),
    );
  });
});

const channels = [{ type: 'email', value: 'ann@example.com' }];
const isTold = (warnings: readonly { code: string }[]) => warnings.some(({ code }) => code === 'NO_VALUE');

describe('an externalCustomerId that is nobody', () => {
  it.each(nobody)('%j is left out with a warning, whichever way it comes', (externalCustomerId) => {
    const contact = { channels, externalCustomerId };
    const { rows } = parseAddContacts({ contacts: [contact] }, rule);
    const single = parseSingleContact(contact, rule);
    const form = parseSubscription({ contact }, rule);
    const order = readOrder({ ...plainOrder, email: 'ann@example.com', externalCustomerId }, rule);
    const params = [
      { name: 'email', value: 'ann@example.com' },
      { name: 'externalCustomerId', value: externalCustomerId },
    ];
    const event = parseEvent({ eventTypeKey: 'seen', params }, { ...rule, isStrict: false });

    for (const read of [rows[0], single, form]) {
      if (!read || !('draft' in read)) throw new Error('It has no draft');
      expect(read.draft).not.toHaveProperty('externalCustomerId');
      expect(isTold(read.warnings ?? [])).toBe(true);
    }
    expect(order.order?.draft).toEqual({ email: 'ann@example.com' });
    expect(isTold(order.warnings ?? [])).toBe(true);
    expect(event.identifiers).toEqual({ email: 'ann@example.com' });
    expect(event.keyValue).toBe('ann@example.com');
    expect(isTold(event.warnings)).toBe(true);
  });

  it('is left out of a file, too', async () => {
    const lines = nobody.map((text, index) => `p${index}@example.com,"${text.replaceAll('"', '""')}"`);
    const { rows } = await moveIn(Buffer.from(['email,external_id', ...lines].join('\n')));

    for (const row of rows) {
      if (!('draft' in row)) throw new Error(`Row ${row.row} failed`);
      expect(row.draft).not.toHaveProperty('externalCustomerId');
    }
  });

  it('is left out where it is a number, and kept where the stage really has it', () => {
    const contact = { channels, externalCustomerId: 0 };

    expect(parseSingleContact(contact, rule).draft).not.toHaveProperty('externalCustomerId');
    expect(parseSingleContact(contact, { ...rule, junk: { realValues: ['0'] } }).draft.externalCustomerId).toBe('0');
  });
});

const plainOrder = {
  externalOrderId: 'o1',
  totalCost: 1,
  status: 'INITIALIZED',
  date: '2026-11-20T10:00:00',
  currency: 'UAH',
};

describe('a contact that has nothing left to be known by', () => {
  it('is refused, and says so', () => {
    const contact = { channels: [{ type: 'email', value: 'N/A' }], externalCustomerId: 'null' };
    const { failedContacts } = parseAddContacts({ contacts: [contact] }, rule);

    expect(() => parseSingleContact(contact, rule)).toThrow("'N/A' stands for no value");
    expect(() => parseSubscription({ contact }, rule)).toThrow('stands for no value');
    expect(failedContacts[0]?.errors[0]?.code).toBe('MISSING_DEDUPE_VALUE');
    expect(readOrder({ ...plainOrder, externalCustomerId: 0, phone: '-' }, rule).errors[0]?.code).toBe('NO_VALUE');
  });

  it('is refused where it is matched by a field that says nothing', () => {
    const contact = { channels, fields: [{ id: 7, value: 'NULL' }] };
    const { failedContacts } = parseAddContacts({ contacts: [contact], dedupeOn: 'fieldId', fieldId: 7 }, rule);

    expect(failedContacts[0]?.errors[0]?.code).toBe('MISSING_DEDUPE_VALUE');
  });

  it('keeps what is known of it by another way', () => {
    const contact = {
      channels: [...channels, { type: 'sms', value: 'none' }, { type: 'mobilepush', value: 'undefined' }],
    };

    expect(parseSingleContact(contact, rule).draft).toMatchObject({ email: 'ann@example.com' });
    expect(parseSingleContact(contact, rule).draft).not.toHaveProperty('tokens');
  });
});

describe('numbers that a spreadsheet broke', () => {
  it.each(['1001.0', "'1001", ' 1001 ', '1001,0', '\u200B1001', '1\u20091001'.replace('1\u2009', '')])(
    '%j is the id 1001 in requests, orders and events as in files',
    async (externalCustomerId) => {
      const { rows } = await moveIn(Buffer.from(`email,external_id\nann@example.com,"${externalCustomerId}"\n`));
      const params = [{ name: 'externalCustomerId', value: externalCustomerId }];

      expect(rows[0]).toMatchObject({ draft: { externalCustomerId: '1001' } });
      expect(parseSingleContact({ channels, externalCustomerId }, rule).draft.externalCustomerId).toBe('1001');
      expect(readOrder({ ...plainOrder, externalCustomerId }, rule).order?.draft.externalCustomerId).toBe('1001');
      expect(parseEvent({ eventTypeKey: 'seen', params }, { ...rule, isStrict: false }).identifiers).toEqual({
        externalCustomerId: '1001',
      });
    },
  );

  it('are phones, addresses and postcodes all the same', () => {
    const { draft } = parseSingleContact(
      {
        channels: [
          { type: 'email', value: 'mailto:ann@example.com' },
          { type: 'sms', value: 380671230702.0 },
        ],
        address: { postcode: '79000.0' },
      },
      rule,
    );

    expect(draft).toEqual({ email: 'ann@example.com', sms: '380671230702', address: { postcode: '79000' } });
  });

  it('are no ids once digits are lost', () => {
    const { draft, warnings } = parseSingleContact({ channels, externalCustomerId: '3.8E+11' }, rule);

    expect(draft).not.toHaveProperty('externalCustomerId');
    expect(warnings).toEqual([expect.objectContaining({ code: 'INVALID_MEMBER', field: 'externalCustomerId' })]);
  });

  it('are read in the country of the person', () => {
    const phone = [{ type: 'sms', value: '(512) 555-0100' }];

    expect(parseSingleContact({ channels: phone, address: { countryCode: 'us' } }, rule).draft.sms).toBe('15125550100');
    expect(() => parseSingleContact({ channels: phone }, rule)).toThrow('is not valid phone number');
  });
});
