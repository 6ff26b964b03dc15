import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as source from '#contract/events/events.ts';
import { eventSource } from '#names/events.ts';
import manifest from '../../../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../../../..');
let folder = '';
let built: typeof source;

beforeAll(async () => {
  folder = await mkdtemp(join(root, 'node_modules/.events-'));
  const compiler = join(root, 'node_modules/.bin/tsc');
  await promisify(execFile)(compiler, ['-p', join(root, 'tsconfig.events.json'), '--outDir', folder], { cwd: root });
  built = await import(join(folder, 'events.js'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const detail = {
  eventId: 'event-1',
  eventTypeKey: 'newContact',
  keyValue: 'john@example.com',
  contactId: 7,
  params: { contactId: 7, EmailAddress: 'john@example.com', SMS: '' },
  occurredAt: '2026-01-05T09:00:00.000Z',
};

describe('the package that consumers of events import', () => {
  it('is what package.json publishes and builds before it is packed', () => {
    expect(manifest.exports['./events']).toEqual({ types: './dist/events.d.ts', default: './dist/events.js' });
    expect(manifest.files).toContain('dist');
    expect(manifest.scripts.prepack).toBe('node node_modules/typescript/bin/tsc -p tsconfig.events.json');
  });

  it('exports in JavaScript what the source exports', () => {
    expect(Object.keys(built).sort()).toEqual(Object.keys(source).sort());
  });

  it('parses an event of the bus around the detail of a created contact', () => {
    const event = {
      version: '0',
      id: 'b',
      source: eventSource,
      'detail-type': 'newContact',
      time: '2026-01-05T09:00:00Z',
      detail,
    };

    expect(built.busEvent(built.contactCreatedEvent).parse(event).detail).toEqual(detail);
    expect(built.contactEvent.parse(detail)).toEqual(detail);
  });

  it.each([
    ['without its id', { ...detail, eventId: undefined }],
    ['without the phone', { ...detail, params: { contactId: 7, EmailAddress: '' } }],
    ['with an id that is text', { ...detail, contactId: '7' }],
  ])('refuses the detail of a created contact %s', (_, wrong) => {
    expect(built.contactCreatedEvent.safeParse(wrong).success).toBe(false);
  });
});
