import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import * as z from 'zod';

/** Debian's chromium, which tests of pages run in. */
export const chromiumPath = '/usr/bin/chromium';

/** Whether there is a browser to run pages in. */
export const hasChromium = existsSync(chromiumPath);

/** Starts a browser. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  });

/** How a page is looked at. */
export interface Look {
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
  readonly locale?: string;
}

/** Opens the console of a stack and signs in; what its policy refuses or breaks it throws at the end of the test. */
export const signedIn = async (
  browser: Browser,
  { url, key }: { readonly url: string; readonly key: string },
  { width = 1280, theme = 'light', locale = 'en' }: Look = {},
): Promise<{ page: Page; complaints: readonly string[] }> => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, locale });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${url}/console`);
  await page.locator('input').first().fill(key);
  await page.keyboard.press('Enter');
  await page.locator('nav').first().waitFor({ state: 'attached' });
  return { page, complaints };
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const violations = z.array(
  z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.object({ html: z.string() })) }),
);

/** What axe finds serious or critical on a page, each with the first element that it is about. */
export const seriousFaults = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  const found = await page.evaluate("axe.run({ resultTypes: ['violations'] }).then((result) => result.violations)");
  return violations
    .parse(found)
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
};
