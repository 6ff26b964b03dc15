import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, hasChromium, seriousFaults, signedIn, startBrowser } from '#test/support/console/browser.ts';
import { untilCounted } from '#test/support/counts/overview.ts';
import { addContacts, contactWith, imported, startFlowStack } from '#test/support/flow-stack.ts';
import { type TestStack, testKey, waitFor } from '#test/support/local-stack.ts';
import { seedKey } from '../../cli/seed-key.ts';

const viewerKey = 'a-key-to-look';

/** The request of the vendor's help page. */
const bulkRequest = {
  contacts: [
    {
      channels: [
        { type: 'email', value: 'mail@example.com' },
        { type: 'sms', value: '380942583691' },
      ],
      firstName: 'John',
      lastName: 'Smith',
    },
  ],
  dedupeOn: 'email',
  groupNames: ['Customers'],
  eventKeyForNewContacts: 'newContact',
};

const screens = [
  '',
  '/runbook/counts-are-missing',
  '/contacts',
  '/contacts/1',
  '/imports',
  '/imports/new',
  '/segments',
  '/events',
  '/workflows',
  '/workflows/new',
  '/messages',
  '/messages/new',
  '/forms',
  '/settings',
  '/settings/keys',
  '/settings/stage',
];

/** A file as a shop has it: 3,000 rows in the Cyrillic encoding of Windows, every thirtieth without an address. */
const rowCount = 3_000;
const cyrillicFile = (): Buffer => {
  const names = [...'Олена'].map((letter) => (letter === 'О' ? 0xce : letter.charCodeAt(0) - 0x0430 + 0xe0));
  const line = (row: number) => {
    const email = row % 30 === 0 ? 'nobody' : `person${row}@example.com`;
    return Buffer.concat([Buffer.from(`${email};`), Buffer.from(names), Buffer.from(';x\r\n')]);
  };
  const lines = Array.from({ length: rowCount }, (_, index) => line(index + 1));
  return Buffer.concat([Buffer.from('email;firstName;favourite colour\r\n'), ...lines]);
};

/** Waits until a screen has all that it asks the API for. */
const isShown = async (page: Page): Promise<void> => {
  await page.locator('h1').first().waitFor();
  await page.locator('[aria-busy=true], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
};

const inBrowser = () => {
  let stack: TestStack;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[] = [];
  beforeAll(async () => {
    [stack, browser] = await Promise.all([startFlowStack(), startBrowser()]);
    await seedKey(stack.environment, viewerKey, { name: 'viewer', scope: 'viewer' });
    await imported(stack, bulkRequest);
    ({ page, complaints } = await signedIn(browser, { url: stack.url, key: testKey }));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const open = (path: string) => page.goto(`${stack.url}/console${path}`);

  test('says so where a key is wrong, and keeps the right one in its tab only', async () => {
    const other = await (await browser.newContext({ locale: 'uk' })).newPage();

    await other.goto(`${stack.url}/console/contacts`);
    await other.getByLabel('Ключ API').fill('no-such-key');
    await other.keyboard.press('Enter');
    await other.getByRole('alert').waitFor();

    expect(await other.getByRole('alert').textContent()).toContain('Такого ключа немає');
    expect(await page.evaluate('localStorage.length')).toBe(0);
    await other.close();
  });

  test('shows on its first page how many contacts there are and were new, by source, and that nothing waits', async () => {
    await untilCounted(stack, 'the bulk request is counted', ({ overview }) => overview.contacts > 0);
    await open('');

    await page.getByRole('link', { name: 'contact import' }).first().waitFor();
    await page.locator('.recharts-surface').first().waitFor();
    await page.getByText('Nothing waits in a dead-letter queue.').waitFor();

    const days = page.getByRole('table', { name: 'New contacts a day by source' });
    const newToday = await days.getByRole('cell', { name: '1', exact: true }).count();
    expect(newToday).toBe(1);
  });

  test('finds the contact of the bulk request, and View says that it came by a contact import', async () => {
    await open('/contacts');

    await page.getByRole('searchbox').fill('mail@example.com');
    await page.getByRole('link', { name: 'John Smith' }).click();
    const view = page.getByRole('dialog', { name: 'John Smith' });
    await view.getByText('contact import').waitFor();

    expect(new URL(page.url()).pathname).toBe('/console/contacts/1');
    expect(new URL(page.url()).searchParams.get('search')).toBe('mail@example.com');
    await view.getByText('380942583691').waitFor();
    await view.getByText('Customers').waitFor();
    await view.getByRole('button', { name: 'newContact' }).waitFor();
  });

  test('shows a subscription in the event log as it happens, and its rule pattern', async () => {
    await open('/events?live=true');
    const contact = { channels: [{ type: 'email', value: 'new@example.com' }] };
    await stack.request('POST', '/api/v1/contact/subscribe', { body: { contact, formType: 'footer' } });

    await page.getByRole('button', { name: 'subscribeFromApi-footer' }).click();
    const shown = page.getByRole('dialog');
    await shown.getByText('Rule pattern').first().waitFor();

    expect(await shown.textContent()).toContain('"detail-type": [');
  });

  test('takes a Cyrillic file with bad rows through the wizard, and the corrected file after it', async () => {
    await open('/imports/new');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'shop.csv', mimeType: 'text/csv', buffer: cyrillicFile() });
    await page.getByText('Read as windows-1251, cells').waitFor();
    const dropped = await page.getByText(/not imported: favourite colour/).count();
    await page.getByText('Олена').first().waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('Put them into segments').first().fill('Shop');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByText('The first rows that would fail').waitFor({ timeout: 60_000 });
    const before = (await stack.request('GET', '/api/v1/contacts?email=person1@example.com')).json;
    await page.getByRole('button', { name: 'Start the import' }).click();
    await page.getByText('Why rows failed').waitFor({ timeout: 60_000 });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download failed rows to fix' }).click();

    expect(dropped).toBe(1);
    expect(before).toEqual([]);
    expect((await download).suggestedFilename()).toMatch(/^rows-.*\.csv$/);
    const sum = `${rowCount.toLocaleString('en')} read = 2,900 created + 0 updated + 0 unchanged + 0 skipped + 100 failed`;
    await page.getByText(sum).waitFor();
    await page.getByRole('link', { name: 'Send the fixed file' }).click();
    await page.getByText('With the settings of an earlier import').waitFor();
  });

  test('puts a contact into a segment and takes it back, and erases only who is typed', async () => {
    await stack.request('POST', '/admin/v1/segments', { body: { name: 'Friends' } });
    await open('/contacts/1');
    const view = page.getByRole('dialog', { name: 'John Smith' });
    await view.getByLabel('Add to a segment').first().click();
    await page.getByRole('option', { name: 'Friends' }).click();
    await view.getByText('Friends').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await view.getByText('Friends').waitFor({ state: 'detached' });

    await view.getByRole('button', { name: 'Erase for good' }).click();
    const asking = page.getByRole('dialog', { name: 'Are you sure?' });
    const isOffered = await asking.getByRole('button', { name: 'Erase for good' }).isEnabled();
    await asking.getByRole('textbox').fill('mail@example.com');
    await asking.getByRole('button', { name: 'Erase for good' }).click();

    expect(isOffered).toBe(false);
    await waitFor(
      'the contact is erased',
      async () => (await stack.request('GET', '/admin/v1/contacts/1')).status === 404,
    );
  });

  test('undoes an import once it has shown what would become of its rows', async () => {
    const contacts = [{ channels: [{ type: 'email', value: 'mistake@example.com' }] }];
    const { sessionId, ids } = await imported(stack, { contacts, dedupeOn: 'email' });
    await open(`/imports/${sessionId}`);
    await page.getByRole('button', { name: 'Undo the import' }).click();
    const asking = page.getByRole('dialog', { name: 'Are you sure?' });
    await asking.getByText('Rows that would be').waitFor();
    const shown = await asking.textContent();
    const before = (await stack.request('GET', `/admin/v1/contacts/${ids[0]}`)).status;
    const faults = await seriousFaults(page);
    await asking.getByRole('button', { name: 'Undo the import' }).click();
    await page.getByText('The import was undone').waitFor();

    expect([shown?.includes('1removed'), before, faults]).toEqual([true, 200, []]);
    expect((await stack.request('GET', `/admin/v1/contacts/${ids[0]}`)).status).toBe(404);
    expect(await page.getByRole('button', { name: 'Undo the import' }).count()).toBe(0);
  });

  test('says where a paused import stands, and cancels it', async () => {
    const contacts = Array.from({ length: 3000 }, (_, index) => contactWith(`held-${index}@example.com`));
    const { asyncSessionId } = await addContacts(stack, { contacts, dedupeOn: 'email' });
    await stack.request('POST', `/admin/v1/imports/${asyncSessionId}/pause`);
    await open(`/imports/${asyncSessionId}`);
    await page.getByText(/^Paused at [\d,]+ of 3,000 rows$/).waitFor();

    await stack.request('POST', `/admin/v1/imports/${asyncSessionId}/cancel`);
    await page.getByText(/^3,000 of 3,000 rows$/).waitFor();

    expect(await page.getByText('Paused at').count()).toBe(0);
  });

  test('makes a key, shows it once, and revokes it', async () => {
    await open('/settings/keys');
    await page.getByRole('textbox', { name: 'Name' }).fill('support');
    await page.getByRole('button', { name: 'New key' }).click();
    const key =
      (await page
        .getByRole('status')
        .getByText(/^rollcall_/)
        .textContent()) ?? '';
    const worked = await stack.request('GET', '/admin/v1/contacts?limit=1', { key });
    await page.reload();
    await page.getByRole('button', { name: 'Revoke: support' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('button', { name: 'Revoke: support' }).waitFor({ state: 'detached' });

    expect(worked.status).toBe(200);
    expect(await page.getByText(key).count()).toBe(0);
  });

  test('offers a viewer nothing that changes anything', async () => {
    const viewer = await signedIn(browser, { url: stack.url, key: viewerKey });
    const verbs =
      /^(Import|New|Pause|Go on|Undo|Cancel|Create|Delete|Erase|Edit|Rename|Empty|Revoke|Save|Add|Remove|Make|Start)/;
    const offered: string[] = [];
    for (const screen of screens) {
      await viewer.page.goto(`${stack.url}/console${screen}`);
      await isShown(viewer.page);
      offered.push(...(await viewer.page.getByRole('button', { name: verbs }).allTextContents()));
      offered.push(...(await viewer.page.getByRole('link', { name: /^(Import a file|New )/ }).allTextContents()));
    }

    expect(offered).toEqual([]);
    await viewer.page.context().close();
  });

  test.each(['light', 'dark'] as const)(
    'has no serious fault by axe on any screen when it is %s, nor runs over on a phone',
    async (theme) => {
      const look = { theme, width: theme === 'dark' ? 360 : 1280 };
      const phone = await signedIn(browser, { url: stack.url, key: testKey }, look);
      const faults: string[] = [];
      for (const screen of screens) {
        await phone.page.goto(`${stack.url}/console${screen}`);
        await isShown(phone.page);
        faults.push(...(await seriousFaults(phone.page)).map((fault) => `${screen} ${fault}`));
        const over = await phone.page.evaluate('document.documentElement.scrollWidth - innerWidth');
        if (Number(over) > 0) faults.push(`${screen} runs over by ${over} pixels`);
      }

      expect(faults).toEqual([]);
      expect([...complaints, ...phone.complaints]).toEqual([]);
      await phone.page.context().close();
    },
  );
};

if (hasChromium) {
  describe('the console in a browser', inBrowser);
} else {
  test(`the console was NOT tried in a browser: there is no ${chromiumPath}`, () => {
    console.warn(`The console was not tried in a browser, because there is no ${chromiumPath}.`);
  });
}
