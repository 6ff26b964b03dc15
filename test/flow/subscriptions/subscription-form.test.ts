import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listenOn } from '#infra/local/engine/listen.ts';
import { startTestStack, type TestStack, waitFor } from '#test/support/local-stack.ts';
import { linkIn, mailbox, messageTo } from '#test/support/subscriptions/confirmation-flow.ts';
import { seedKey } from '../../../cli/seed-key.ts';

/** A script that tells an element's name and some of its styles. */
const styleOf = (element: string, ...properties: string[]) =>
  `[${element}.tagName, ...${JSON.stringify(properties)}.map((name) => getComputedStyle(${element})[name])]`;

const executablePath = '/usr/bin/chromium';
const formKey = 'a-key-for-the-form';

const inBrowser = () => {
  let site: Server;
  let sitePort: number;
  let stack: TestStack;
  let browser: BrowserContext;
  let profile: string;
  beforeAll(async () => {
    const form = await readFile(new URL('../../../docs/subscription-form.html', import.meta.url), 'utf8');
    site = createServer(({ url }, response) => {
      const filled = form
        .replace('http://127.0.0.1:8080" ', `${stack.url}" `)
        .replace('local-form-key" ', `${formKey}" `);
      response.setHeader('content-type', 'text/html;charset=UTF-8');
      response.end(url === '/thanks' ? '<!doctype html><title>Welcome</title><h1>Welcome</h1>' : filled);
    });
    sitePort = await listenOn(site, 0);
    stack = await startTestStack({
      settings: {
        corsOrigins: [`http://127.0.0.1:${sitePort}`],
        redirectUrls: { default: `http://127.0.0.1:${sitePort}/thanks` },
      },
    });
    await seedKey(stack.environment, formKey, { name: 'form', scope: 'subscribe' });
    profile = await mkdtemp(join(tmpdir(), 'rollcall-browser-'));
    browser = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    site?.close();
    if (profile) await rm(profile, { recursive: true, force: true });
  });

  const openForm = async (host = '127.0.0.1'): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(`http://${host}:${sitePort}/`);
    return page;
  };

  const submit = async (page: Page, email: string): Promise<string> => {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('First name').fill('John');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('status').waitFor({ state: 'visible' });
    return (await page.getByRole('status').textContent()) ?? '';
  };

  const contactsWith = async (email: string) =>
    (await stack.request('GET', `/api/v1/contacts?email=${email}`)).json as { id: number }[];

  test('subscribes, asks by mail, confirms by the button of the page and leads on to the thank-you page', async () => {
    const page = await openForm();

    const published = await submit(page, 'john@example.com');
    const [contact] = await contactsWith('john@example.com');
    const link = linkIn(await messageTo(stack, 'john@example.com'));
    await page.goto(link);
    const title = await page.title();
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(styleOf('document.activeElement', 'outlineStyle', 'outlineWidth'));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Welcome' }).waitFor();

    expect(published).toContain('Please open the message');
    expect(title).toContain('Confirm your subscription');
    expect(focused).toEqual(['BUTTON', 'solid', '3px']);
    expect(page.url()).toBe(`http://127.0.0.1:${sitePort}/thanks`);
    const shown = (await stack.request('GET', `/admin/v1/contacts/${contact?.id}`)).json;
    expect(shown).toMatchObject({ confirmed: true, firstName: 'John', sourceLabel: 'subscription form' });
    await waitFor(
      'the confirmation is told',
      async () => (await stack.events({ type: 'SysContactConfirmed' })).length === 1,
    );
  });

  test('confirms in a browser without scripts, which loads the page and nothing else', async () => {
    const page = await openForm();
    await submit(page, 'plain@example.com');
    const link = linkIn(await messageTo(stack, 'plain@example.com'));
    const other = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    });
    const plain = await (await other.newContext({ javaScriptEnabled: false })).newPage();
    const requested: string[] = [];
    const refused: string[] = [];
    plain.on('request', (request) => requested.push(request.url()));
    plain.on('console', (message) => refused.push(message.text()));

    await plain.goto(link);
    const button = await plain.evaluate(styleOf('document.querySelector("button")', 'backgroundColor', 'borderRadius'));
    const loaded = requested.filter((url) => !url.endsWith('/favicon.ico'));
    await plain.getByRole('button').click();
    await plain.getByRole('heading', { name: 'Welcome' }).waitFor();
    await other.close();

    expect(loaded).toEqual([link]);
    expect(button).toEqual(['BUTTON', 'rgb(11, 87, 208)', '8px']);
    expect(refused.filter((text) => /Content.Security.Policy/i.test(text))).toEqual([]);
  });

  test('believes a program that fills in everything, and stores nothing of it', async () => {
    const page = await openForm();
    await page.locator('[name=website]').evaluate((field) => field.setAttribute('value', 'https://spam.example'));

    const published = await submit(page, 'robot@example.com');

    expect(published).toContain('Please open the message');
    expect(await contactsWith('robot@example.com')).toEqual([]);
    expect((await mailbox(stack)).filter(({ to }) => to === 'robot@example.com')).toEqual([]);
  });

  test('does not work from a site that is not on the list', async () => {
    const page = await openForm('localhost');

    expect(await submit(page, 'stranger@example.com')).toContain('This did not work');
    expect(await contactsWith('stranger@example.com')).toEqual([]);
  });

  test('has a key that sees nothing', async () => {
    const [contacts, account, version] = await Promise.all([
      stack.request('GET', '/api/v1/contacts', { key: formKey }),
      stack.request('GET', '/api/v1/account/info', { key: formKey }),
      stack.request('GET', '/api/v1/version', { key: formKey }),
    ]);

    expect([contacts.status, account.status, version.status]).toEqual([403, 403, 200]);
  });
};

if (existsSync(executablePath)) {
  describe('docs/subscription-form.html in a browser, on a site of its own', inBrowser);
} else {
  test(`docs/subscription-form.html was NOT tried in a browser: there is no ${executablePath}`, () => {
    console.warn(`The subscription form was not tried in a browser, because there is no ${executablePath}.`);
  });
}
