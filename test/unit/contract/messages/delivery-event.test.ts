import { describe, expect, test } from 'vitest';
import { parseDelivery } from '#contract/messages/delivery-event.ts';
import { eventsOf } from '#infra/local/mail/events-of-mail.ts';

const envelope = { version: '0', id: 'id', account: '123456789012', region: 'eu-central-1', resources: [] };
const time = '2026-01-05T09:00:00Z';
const at = '2026-01-05T09:00:00.000Z';

const mail = {
  timestamp: at,
  messageId: 'message',
  destination: ['john@example.com'],
  tags: { 'ses:configuration-set': ['rollcall-test'], requestId: ['request'] },
};

const ses = (eventType: string, about: object = {}) => ({
  ...envelope,
  'detail-type': 'Email',
  source: 'aws.ses',
  time,
  detail: { eventType, mail, ...about },
});

const bounce = (bounceType: string, bounceSubType: string) =>
  ses('Bounce', {
    bounce: { bounceType, bounceSubType, bouncedRecipients: [{ emailAddress: 'John <John@Example.com>' }] },
  });

const complaint = (complaintSubType: string | null) =>
  ses('Complaint', {
    complaint: { complaintSubType, complainedRecipients: [{ emailAddress: 'john@example.com' }] },
  });

const john = (reason: string) => [
  { address: 'john@example.com', reason, ...(reason === 'blacklisted' && { cause: 'bounced' }) },
];

describe('what Amazon SES says', () => {
  test.each([
    ['it was sent', ses('Send', { send: {} }), { status: 'SENT', suppress: [] }],
    ['it was delivered', ses('Delivery', { delivery: {} }), { status: 'DELIVERED', suppress: [] }],
    ['it was refused for a virus', ses('Reject', { reject: {} }), { status: 'UNDELIVERED', suppress: [] }],
    ['it bounced for good', bounce('Permanent', 'General'), { status: 'UNDELIVERED', suppress: john('blacklisted') }],
    ['it bounced for now', bounce('Transient', 'MailboxFull'), { status: 'UNDELIVERED', suppress: [] }],
    ['it was complained about', complaint(null), { status: 'SPAM', suppress: john('spam') }],
    [
      'the address had complained before',
      complaint('OnAccountSuppressionList'),
      { status: 'UNDELIVERED', suppress: john('spam') },
    ],
  ])('%s', (_, event, said) => {
    expect(parseDelivery(event)).toMatchObject({ requestId: 'request', at, ...said });
  });

  test('of no consequence changes nothing', () => {
    expect(parseDelivery(ses('DeliveryDelay', { deliveryDelay: {} }))).toEqual({
      requestId: 'request',
      at,
      suppress: [],
    });
  });

  test('of a message that is not kept suppresses its address all the same', () => {
    const event = bounce('Permanent', 'NoEmail');
    const { requestId: _, ...tags } = mail.tags;

    const delivery = parseDelivery({ ...event, detail: { ...event.detail, mail: { ...mail, tags } } });

    expect(delivery).not.toHaveProperty('requestId');
    expect(delivery.suppress).toEqual(john('blacklisted'));
  });

  test('has no address in its reason, as that is kept', () => {
    expect(JSON.stringify(parseDelivery(bounce('Permanent', 'General')).reason)).not.toContain('@');
  });
});

describe('what AWS End User Messaging says', () => {
  const sms = (messageStatus: string) => ({
    ...envelope,
    'detail-type': 'Text Message Delivery Status Updated',
    source: 'aws.sms-voice',
    time,
    detail: { eventType: `TEXT_${messageStatus}`, messageStatus, context: { sender: 'x', requestId: 'request' } },
  });

  test.each([
    ['DELIVERED', 'DELIVERED'],
    ['SUCCESSFUL', 'SENT'],
    ['PENDING', 'SENT'],
    ['CARRIER_UNREACHABLE', 'UNDELIVERED'],
    ['BLOCKED', 'UNDELIVERED'],
    ['UNKNOWN', undefined],
  ])('%s', (said, status) => {
    expect(parseDelivery(sms(said))).toMatchObject({
      requestId: 'request',
      at,
      suppress: [],
      ...(status && { status }),
    });
    expect('status' in parseDelivery(sms(said))).toBe(status !== undefined);
  });
});

test('anything else on the default bus is no delivery', () => {
  expect(() => parseDelivery({ source: 'aws.s3', time, detail: {} })).toThrow();
});

test('the mailbox simulator of the local stack says what Amazon SES would', () => {
  const said = (address: string) =>
    eventsOf({
      ConfigurationSetName: 'rollcall-local',
      FromEmailAddress: 'owner@example.com',
      Destination: { ToAddresses: [address] },
      EmailTags: [{ Name: 'requestId', Value: 'request' }],
      messageId: 'message',
      sentAt: at,
    }).map(({ detail, detailType }) => {
      const { status, suppress } = parseDelivery({ source: 'aws.ses', time, 'detail-type': detailType, detail });
      return [status, suppress.map(({ reason }) => reason).join()];
    });

  expect(said('john@example.com')).toEqual([
    ['SENT', ''],
    ['DELIVERED', ''],
  ]);
  expect(said('bounce+label@simulator.amazonses.com')).toEqual([
    ['SENT', ''],
    ['UNDELIVERED', 'blacklisted'],
  ]);
  expect(said('suppressionlist@simulator.amazonses.com')).toEqual([
    ['SENT', ''],
    ['UNDELIVERED', 'blacklisted'],
  ]);
  expect(said('complaint@simulator.amazonses.com')).toEqual([
    ['SENT', ''],
    ['DELIVERED', ''],
    ['SPAM', 'spam'],
  ]);
});
