import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startTestStack, type TestStack, testKey } from '../local-stack.ts';
import { chromiumPath, hasChromium, type Look, signedIn, startBrowser } from './browser.ts';

/* `npm run pictures`: takes the README's pictures of the console anew, with people who do not exist. */

const folder = fileURLToPath(new URL('../../../docs/pictures/', import.meta.url));

const firstNames = ['Olena', 'Taras', 'Mia', 'Ivan', 'Sofia', 'Marko', 'Daryna'];
const lastNames = ['Koval', 'Shevchenko', 'Bondar', 'Melnyk', 'Tkachenko'];

const person = (index: number) => ({
  channels: [
    { type: 'email', value: `${firstNames[index % 7]}.${lastNames[index % 5]}${index}@example.com`.toLowerCase() },
    { type: 'sms', value: `38067${String(1_000_000 + index * 7919).slice(-7)}` },
  ],
  firstName: firstNames[index % 7],
  lastName: lastNames[index % 5],
  address: { town: 'Kyiv' },
});

const fill = async (stack: TestStack): Promise<void> => {
  const send = (path: string, body: object) => stack.request('POST', path, { body });
  const contacts = Array.from({ length: 40 }, (_, index) => person(index));
  await send('/api/v1/contacts', { contacts, groupNames: ['Customers'], eventKeyForNewContacts: 'newContact' });
  const contact = { channels: [{ type: 'email', value: 'anna@example.com' }], firstName: 'Anna', lastName: 'Lysenko' };
  await send('/api/v1/contact/subscribe', { contact, formType: 'footer' });
  const order = { externalOrderId: '2026-0042', totalCost: 1290, status: 'INITIALIZED', currency: 'UAH' };
  await send('/api/v1/orders', {
    orders: [{ ...order, date: '2026-11-20T10:11:00', email: 'olena.koval0@example.com' }],
  });
};

type Shot = (page: Page, url: string) => Promise<unknown>;

const pictures: readonly (readonly [name: string, look: Look, show: Shot])[] = [
  [
    'contact',
    { theme: 'light' },
    async (page, url) => {
      await page.goto(`${url}/console/contacts?search=olena.koval0%40example.com`);
      await page.getByRole('link', { name: 'Olena Koval' }).click();
      await page.getByText('newContact').waitFor();
    },
  ],
  [
    'import',
    { theme: 'dark' },
    async (page, url) => {
      await page.goto(`${url}/console/imports/new`);
      const rows = Array.from({ length: 20 }, (_, index) => `${firstNames[index % 7]};p${index}@example.com;Kyiv;yes`);
      const buffer = Buffer.from(['First name;E-mail;City;Newsletter', ...rows].join('\r\n'));
      await page.locator('input[type=file]').setInputFiles({ name: 'shop.csv', mimeType: 'text/csv', buffer });
      await page.getByText(/^Read as .*, cells/).waitFor();
    },
  ],
];

if (!hasChromium) throw new Error(`There is no ${chromiumPath}: install chromium first.`);
mkdirSync(folder, { recursive: true });
const [stack, browser] = await Promise.all([startTestStack(), startBrowser()]);
try {
  await fill(stack);
  for (const [name, look, show] of pictures) {
    const { page } = await signedIn(browser, { url: stack.url, key: testKey }, look);
    await show(page, stack.url);
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: `${folder}${name}.png` });
  }
} finally {
  await browser.close();
  await stack.stop();
}
