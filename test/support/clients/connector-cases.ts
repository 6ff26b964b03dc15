import { expect } from 'vitest';
import { type ClientCall, type ClientCase, channels } from './client-case.ts';

const accepted = { id: 0, asyncSessionId: expect.any(String), failedContacts: [] };
const contactId = { id: expect.any(Number) };
const noTracking = expect.stringContaining('Rollcall tracks no sites');

const account: ClientCall = {
  send: ['GET', '/api/v1/account/info'],
  answered: { orgId: expect.any(Number), userEmail: expect.any(String), organisationName: expect.any(String) },
};

/** The set-up of a connector: it stops where there is no `siteId`, or an empty script. */
const siteSetUp = (domain: string, webPush: readonly [path: string, body: object]): ClientCall[] => [
  account,
  {
    send: ['POST', '/api/v1/site/domains', { domain }],
    answered: { result: noTracking, siteId: expect.stringMatching(/./) },
  },
  { send: ['GET', '/api/v1/site/script'], answered: noTracking },
  {
    send: ['POST', `/api/v1/site/webpush/${webPush[0]}`, webPush[1]],
    answered: expect.objectContaining({ siteId: 'no-site-tracking' }),
  },
  {
    send: ['GET', `/api/v1/site/webpush/script?domain=${encodeURIComponent(domain)}`],
    answered: { script: noTracking, serviceWorker: noTracking },
  },
];

/** What shop connectors send, written anew from what their public versions do. */
export const connectorCases: readonly ClientCase[] = [
  {
    client: 'WooCommerce, set up',
    calls: siteSetUp('https://woo.example', [
      'domains',
      { domains: [{ domain: 'https://woo.example', serviceWorkerName: 'sw.js' }] },
    ]),
  },
  {
    client: 'Shopify, set up',
    calls: siteSetUp('shopify.example', [
      'domain',
      { domain: 'https://shopify.example', serviceWorkerPath: '/apps/proxy/' },
    ]),
  },
  {
    client: 'OpenCart, set up',
    calls: siteSetUp('opencart.example', [
      'domain',
      { domain: 'opencart.example', serviceWorkerName: 'sw.js', serviceWorkerPath: '/' },
    ]),
  },
  {
    client: 'WooCommerce, a customer with a phone that is none and blanks for what is missing',
    calls: [
      {
        send: [
          'POST',
          '/api/v1/contact',
          {
            channels: channels('woo-1@example.com', '12345'),
            externalCustomerId: 71,
            firstName: 'Іван (Київ)',
            lastName: ' ',
            address: { region: 'UA', town: '', address: ' ', postcode: '' },
            languageCode: 'uk',
          },
        ],
        answered: contactId,
      },
    ],
    stored: [
      'email=woo-1@example.com',
      {
        firstName: 'Іван (Київ)',
        externalCustomerId: '71',
        channels: channels('woo-1@example.com'),
        languageCode: 'uk',
      },
    ],
  },
  {
    client: 'WooCommerce, an order with empty numbers, a note for additionalInfo and a guest of id 0',
    calls: [
      {
        send: [
          'POST',
          '/api/v1/orders',
          {
            orders: [
              {
                externalOrderId: '501',
                externalCustomerId: 0,
                totalCost: '19.90',
                status: 'INITIALIZED',
                email: 'woo-2@example.com',
                phone: '0000000000',
                date: '2026-01-05T10:11:00.000000+02:00',
                currency: 'UAH',
                firstName: 'John & Jane',
                lastName: '',
                shipping: '',
                discount: '',
                taxes: '',
                additionalInfo: '',
                items: [{ externalItemId: '', name: 'Tea', quantity: '2', cost: '9.95', url: '', imageUrl: '' }],
              },
            ],
          },
        ],
        answered: '',
      },
    ],
    stored: ['email=woo-2@example.com', { firstName: 'John & Jane', channels: channels('woo-2@example.com') }],
  },
  {
    client: 'Shopify, customers in bulk',
    calls: [
      {
        send: [
          'POST',
          '/api/v1/contacts',
          {
            dedupeOn: 'externalCustomerId',
            contacts: [
              {
                externalCustomerId: '8123456789012',
                firstName: 'Müller & Söhne GmbH',
                lastName: '',
                channels: channels('shopify-1@example.com', '+380942583601'),
                address: { town: 'Kyiv', address: 'Main 1', postcode: '01001' },
              },
            ],
          },
        ],
        answered: accepted,
      },
    ],
    stored: [
      'externalCustomerId=8123456789012',
      {
        firstName: 'Müller & Söhne GmbH',
        channels: channels('shopify-1@example.com', '380942583601'),
        address: { region: '', town: 'Kyiv', address: 'Main 1', postcode: '01001' },
      },
    ],
  },
  {
    client: 'OpenCart, customers in bulk, with members of its own and an empty phone; then the token of one',
    calls: [
      {
        send: [
          'POST',
          '/api/v1/contacts',
          {
            dedupeOn: 'externalCustomerId',
            contacts: [
              {
                externalCustomerId: 31,
                email: 'cart-1@example.com',
                phone: '',
                firstName: 'Ann',
                lastName: 'A+B',
                channels: channels('cart-1@example.com', ''),
              },
            ],
          },
        ],
        answered: accepted,
      },
      {
        send: ['POST', '/api/v1/auth/contact/token', { extid: '999', email: 'nobody@example.com', phone: '' }],
        answered: { token: '' },
      },
    ],
    stored: [
      'email=cart-1@example.com',
      { externalCustomerId: '31', firstName: 'Ann', lastName: 'A+B', channels: channels('cart-1@example.com') },
    ],
  },
  {
    client: 'OpenCart, an order in the spelling of its own, with a phone that is none and items without ids',
    calls: [
      {
        send: [
          'POST',
          '/api/v1/orders',
          {
            orders: {
              externalOrderId: 77,
              externalCustomerId: '',
              totalCost: 120.5,
              status: 'in_progress',
              email: 'cart-2@example.com',
              phone: '3805011122334',
              date: '2026-01-05T10:11:00',
              currency: 'uah',
              firstName: 'Іван (Київ)',
              lastName: null,
              items: { quantity: 1, name: 'Cup', cost: '120.5', imageUrl: null },
            },
          },
        ],
        answered: '',
      },
    ],
    stored: ['email=cart-2@example.com', { firstName: 'Іван (Київ)', channels: channels('cart-2@example.com') }],
  },
  {
    client: 'Shopify, a changed customer in a member contact, whose phone is none',
    calls: [
      {
        send: [
          'POST',
          '/api/v1/contact',
          {
            contact: {
              externalCustomerId: '8123456789013',
              firstName: 'John & Jane',
              channels: channels('shopify-2@example.com', '380000000000'),
            },
          },
        ],
        answered: contactId,
      },
    ],
    stored: [
      'externalCustomerId=8123456789013',
      { firstName: 'John & Jane', channels: channels('shopify-2@example.com') },
    ],
  },
  {
    client: 'Magento, a subscriber of a form',
    calls: [
      {
        send: [
          'POST',
          '/api/v1/contact/subscribe/',
          {
            contact: { firstName: 'first_name', channels: channels('magento-1@example.com') },
            groups: ['Magento'],
            formType: '',
          },
        ],
        answered: { id: expect.any(Number), emailStatus: 'NEED_CONFIRMATION' },
      },
    ],
    stored: ['email=magento-1@example.com', { firstName: 'first_name', channels: channels('magento-1@example.com') }],
  },
  {
    client: 'PrestaShop, customers in bulk with a slash at the end',
    calls: [
      {
        send: [
          'POST',
          '/api/v1/contacts/',
          {
            contacts: [{ channels: channels('presta-1@example.com'), firstName: 'José (work)' }],
            dedupeOn: 'email',
            groupNames: ['PrestaShop'],
          },
        ],
        answered: accepted,
      },
    ],
    stored: ['email=presta-1@example.com', { firstName: 'José (work)', channels: channels('presta-1@example.com') }],
  },
];
