import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { beginSite } from '#infra/console-site.ts';
import { onlyResourceOf, resourcesOf, templateOf, temporaryFolder } from './synthesized.ts';

/** What a visitor waits for, in bytes as they travel. */
const firstLoadBytes = 300_000;

/** A file of a function's answer, in base64 and with its headers, has to stay below 6 MB (an AWS Lambda limit). */
const fileBytes = 4_000_000;

describe('the console as it is built', () => {
  const folder = temporaryFolder();
  beginSite(folder).finish();
  const site = join(folder, 'site');
  const page = gunzipSync(readFileSync(join(site, 'index.html.gz'))).toString();
  const assets = readdirSync(join(site, 'assets'));

  test('weighs at most 300 kB at its first load', () => {
    const named = [...page.matchAll(/(?:src|href)="\/console\/(assets\/[^"]+)"/g)].map(([, path = '']) => path);

    const bytes = named.map((path) => readFileSync(join(site, `${path}.gz`)).length);

    expect(named.some((path) => path.endsWith('.js'))).toBe(true);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(firstLoadBytes);
  });

  test('names no other host, runs nothing inline, and has hashes in the names of its files', () => {
    expect(page).not.toMatch(/https?:/);
    expect([...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>/g)]).toEqual([]);
    expect(assets.filter((name) => !/-[\w-]{8,}\.(js|css)\.gz$/.test(name))).toEqual([]);
  });

  test('has no file that an answer cannot hold', () => {
    const large = assets.filter((name) => readFileSync(join(site, 'assets', name)).length > fileBytes);

    expect(large).toEqual([]);
  });
});

test('the stage tells where the console is, and takes files from its page', () => {
  const template = templateOf();

  const { CorsConfiguration } = onlyResourceOf(template, 'AWS::S3::Bucket').Properties;

  expect(template.Outputs).toHaveProperty('ConsoleUrl');
  expect(CorsConfiguration).toMatchObject({ CorsRules: [{ AllowedMethods: ['PUT'], AllowedOrigins: ['*'] }] });
  const names = resourcesOf(template, 'AWS::Lambda::Function').map(([, { Properties }]) =>
    String(Properties.FunctionName),
  );
  expect(names).toContain('rollcall-local-show-console');
});
