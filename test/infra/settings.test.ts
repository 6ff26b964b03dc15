import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseSettings, settingsOf } from '#infra/settings.ts';
import { messageTexts, pageTexts } from '#names/confirmation-texts.ts';

test('a stage that says nothing gets the defaults', () => {
  expect(parseSettings('test', { test: {} })).toEqual({
    stage: 'test',
    defaultCountry: 'UA',
    strictNames: false,
    junkValues: [],
    realValues: [],
    phoneMatches: 'always',
    importRetentionDays: 30,
    eventRetentionDays: 30,
    logRetentionDays: 30,
    defaultRatePerSecond: 200,
    throttleBurst: 400,
    logLevel: 'INFO',
    organisationId: 1,
    organisationName: 'Rollcall',
    accountEmail: 'owner@example.com',
    currency: 'UAH',
    corsOrigins: ['*'],
    messageConcurrency: 2,
    messageRetentionDays: 30,
    senderAddresses: [],
    smsSenders: [],
    accountConcurrency: 10,
    customerKey: false,
    dashboard: true,
    tags: {},
    chunkTimeoutSeconds: 120,
    deletionProtection: true,
    doubleOptIn: true,
    createSenderIdentity: true,
    confirmationMessage: {},
    confirmationPages: {},
    unsubscribePages: {},
    translations: {},
    accentColour: '#0b57d0',
    confirmationLinkDays: 7,
    confirmedSegment: 'Subscribers',
    redirectUrls: {},
    formTells: 'status',
    formsPerSource: 30,
    formsPerAddress: 20,
    fieldChangeEvents: false,
    segmentEvents: false,
    removalEvents: false,
    deletePastEvents: false,
    workflowRunRetentionDays: 30,
    subscriptionCheckSeconds: 60,
    countSeconds: 60,
    sweepMinutes: 15,
    httpLinks: true,
    uploadMaxMegabytes: 300,
    splitTimeoutSeconds: 900,
  });
});

test.each(['dev', 'prod', 'local'] as const)('%s comes along with usable settings', (stage) => {
  expect(settingsOf(stage).stage).toBe(stage);
});

test('production refuses to be deleted, and the stage to try things out does not', () => {
  expect((['prod', 'dev'] as const).map((stage) => settingsOf(stage).deletionProtection)).toEqual([true, false]);
});

/** Texts that no compression makes room for. */
const randomTexts = (texts: object) =>
  Object.fromEntries(Object.keys(texts).map((name) => [name, randomBytes(150).toString('hex')]));

describe('texts of a stage', () => {
  const polish = { ...messageTexts.en, language: undefined, subject: 'Potwierdź' };

  test('add a language with all of its texts, and replace some of those that come along', () => {
    const { language: _, ...confirmationMessage } = polish;
    const translations = { pl: { confirmationMessage }, uk: { unsubscribePages: { openButton: 'Так' } } };

    expect(parseSettings('prod', { prod: { translations } }).translations).toEqual(translations);
  });

  test('have room for a few languages', () => {
    const { language: _, ...pages } = pageTexts.uk;
    const translations = Object.fromEntries(['pl', 'de', 'bg'].map((code) => [code, { confirmationPages: pages }]));

    expect(() => parseSettings('prod', { prod: { translations } })).not.toThrow();
  });
});

describe('what cannot be is refused by name', () => {
  test.each([
    ['importRetentionDays', 0],
    ['logRetentionDays', 31],
    ['defaultCountry', 'Ukraine'],
    ['currency', '₴'],
    ['alarmEmail', 'nobody'],
    ['logLevel', 'LOUD'],
    ['corsOrigins', ['shop.example']],
    ['importConcurrency', 1],
    ['accountConcurrency', 9],
    ['alarmTopicArn', 'oncall'],
    ['tags', { 'rollcall:emptied-with-stack': 'true' }],
    [
      'domain',
      { name: 'https://contacts.example.com', certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/1' },
    ],
    ['monthlyBudget', { dollars: 0 }],
    ['exampleConsumerEventTypeKey', 'new contact'],
    ['senderAddress', 'nobody'],
    ['confirmationLinkDays', 31],
    ['confirmationMessage', { title: 'x' }],
    ['confirmationMessage', { subject: 'two\nlines' }],
    ['confirmationPages', randomTexts(pageTexts.en)],
    ['unsubscribePages', { openTitle: '' }],
    ['translations', { pl: { confirmationMessage: { subject: 'Potwierdź' } } }],
    ['translations', { uk: { confirmationMessage: { language: 'en' } } }],
    ['translations', { Polish: {} }],
    ['accentColour', 'red;background:url(x)'],
    ['logoUrl', 'http://shop.example/logo.png'],
    ['logoUrl', 'javascript:alert(1)'],
    ['redirectUrls', { default: 'javascript:alert(1)' }],
    ['publicUrl', 'contacts.example.com'],
    ['honeypotField', 'a b'],
    ['importRetentonDays', 30],
  ])('%s: %j', (setting, value) => {
    expect(() => parseSettings('prod', { prod: { [setting]: value } })).toThrow(
      new RegExp(`Stage "prod"[^]*${setting}`),
    );
  });

  test('a stage that is not there, with those that are', () => {
    expect(() => parseSettings('production', { dev: {}, prod: {} })).toThrow(
      /stages\/production\.json, .*: dev, prod$/,
    );
  });

  test('a stage name that does not fit the names of resources', () => {
    expect(() => parseSettings('Prod!', { 'Prod!': {} })).toThrow(/16 lower-case letters/);
  });
});
