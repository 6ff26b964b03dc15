import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overlayFilesOn } from '#aws/imports/overlay-files.ts';
import type { Contact } from '#domain/contacts/contact.ts';
import { membershipKey } from '#domain/contacts/working-state.ts';
import type { OverlayFiles } from '#domain/imports/ports.ts';
import { emptyOverlay, type Overlay } from '#domain/imports/prediction.ts';
import { clientFor, createBucket, type Engine, startS3 } from '#test/support/engines.ts';
import { memoryPorts } from '#test/support/memory-ports.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startS3();
});
afterAll(() => engine.stop());

const subjects: Record<string, () => Promise<OverlayFiles>> = {
  memory: async () => memoryPorts().overlayFiles,
  S3: async () => {
    const client = new S3Client(clientFor(engine));
    return overlayFilesOn(client, await createBucket(client));
  },
};

const contactOf = (id: number, about: Partial<Contact> = {}): Contact => ({
  id,
  source: 'IMPORT',
  state: 'active',
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:00:00.000Z',
  version: 1,
  createdBy: 'session#1',
  updatedBy: 'session#1',
  confirmed: true,
  email: `${id}@example.com`,
  ...about,
});

/** What a dry run of so many contacts would have written. */
const overlayOf = (contacts: number): Overlay => {
  const overlay = emptyOverlay();
  for (let number = 1; number <= contacts; number++) {
    const id = overlay.nextId++;
    const identity = { type: 'EMAIL', value: `${id}@example.com` } as const;
    const membership = { contactId: id, segmentId: 7, epoch: 2 };
    overlay.contacts.set(id, contactOf(id, { firstName: `Žofie ${'ů'.repeat(400)} 😀` }));
    overlay.claims.set(`EMAIL#${identity.value}`, { identity, contactIds: [id], stamp: `${id}.1` });
    overlay.memberships.set(id, new Map([[membershipKey(membership), { membership, isThere: number % 2 === 0 }]]));
    overlay.lastMentions.set(id, number);
  }
  overlay.claims.set('SMS#1', { identity: { type: 'SMS', value: '1' }, contactIds: [] });
  return overlay;
};

describe.each(Object.entries(subjects))('what dry runs carry along in %s', (_, open) => {
  test.each([0, 3, 9000])('comes back as it was, with %i contacts', async (contacts) => {
    const files = await open();
    const overlay = overlayOf(contacts);

    const stored = await files.put('session', 'attempt', overlay);

    expect(stored.prefix).toBe('predictions/session/attempt/');
    expect(await files.read(stored)).toEqual(overlay);
  });

  test('is gone once it was removed, which may happen twice', async () => {
    const files = await open();
    const stored = await files.put('session', 'attempt', overlayOf(3));
    const other = await files.put('session', 'another', overlayOf(1));

    await files.remove(stored);
    await files.remove(stored);

    expect(await files.read(stored)).toBeUndefined();
    expect(await files.read(other)).toEqual(overlayOf(1));
  });
});
