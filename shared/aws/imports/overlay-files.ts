import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Contact } from '#domain/contacts/contact.ts';
import { type Claim, identityKey } from '#domain/contacts/identity.ts';
import { membershipKey } from '#domain/contacts/working-state.ts';
import type { OverlayFiles } from '#domain/imports/ports.ts';
import {
  emptyOverlay,
  type Overlay,
  type PredictedMembership,
  type StoredOverlay,
} from '#domain/imports/prediction.ts';
import { variable } from '#shared/environment.ts';
import { lazily } from '../clients/connect.ts';
import { isNoSuchKey } from '../clients/no-such-key.ts';
import { objectClient } from '../clients/object-client.ts';
import { withRetry } from '../clients/retry.ts';
import { ndjson } from '../table/ndjson.ts';

/** One fact of an overlay, a line of its objects. */
type Line =
  | { readonly claim: Claim }
  | { readonly contact: Contact }
  | { readonly predicted: PredictedMembership }
  | { readonly lastMention: readonly [contactId: number, chunk: number] }
  | { readonly nextId: number };

/** Characters of an object, so that memory holds no overlay twice. */
const maxPartLength = 4_000_000;

/** What dry runs carry along, in objects of the import bucket that expire soon. */
export const overlayFilesOn = (client: S3Client, Bucket: string): OverlayFiles => ({
  put: async (sessionId, attemptId, overlay) => {
    const prefix = `predictions/${sessionId}/${attemptId}/`;
    let parts = 0;
    for (const Body of partsOf(overlay)) {
      parts += 1;
      const put = new PutObjectCommand({ Bucket, Key: keyOf(prefix, parts), Body, ContentType: ndjson });
      await withRetry(() => client.send(put));
    }
    return { prefix, parts };
  },

  read: async (stored) => {
    const overlay = emptyOverlay();
    for (const Key of keysOf(stored)) {
      const text = await readIfThere(client, { Bucket, Key });
      if (text === undefined) return undefined;
      for (const line of text.split('\n')) if (line !== '') add(overlay, JSON.parse(line));
    }
    return overlay;
  },

  remove: async (stored) => {
    for (const Key of keysOf(stored)) await withRetry(() => client.send(new DeleteObjectCommand({ Bucket, Key })));
  },
});

const importBucketName = /* @__PURE__ */ variable('importBucketName');

/** The overlays of this stage. */
export const overlayFiles: OverlayFiles = /* @__PURE__ */ lazily(() =>
  overlayFilesOn(objectClient(), importBucketName()),
);

const keyOf = (prefix: string, part: number): string => `${prefix}${part}.ndjson`;

const keysOf = ({ prefix, parts }: StoredOverlay): string[] =>
  Array.from({ length: parts }, (_, index) => keyOf(prefix, index + 1));

function* partsOf(overlay: Overlay): Generator<string, void> {
  let part = '';
  for (const line of linesOf(overlay)) {
    part += `${JSON.stringify(line)}\n`;
    if (part.length < maxPartLength) continue;
    yield part;
    part = '';
  }
  yield part;
}

function* linesOf({ claims, contacts, memberships, lastMentions, nextId }: Overlay): Generator<Line, void> {
  yield { nextId };
  for (const claim of claims.values()) yield { claim };
  for (const contact of contacts.values()) yield { contact };
  for (const own of memberships.values()) for (const predicted of own.values()) yield { predicted };
  for (const lastMention of lastMentions) yield { lastMention };
}

const add = (overlay: Overlay, line: Line): void => {
  if ('nextId' in line) overlay.nextId = line.nextId;
  else if ('claim' in line) overlay.claims.set(identityKey(line.claim.identity), line.claim);
  else if ('contact' in line) overlay.contacts.set(line.contact.id, line.contact);
  else if ('lastMention' in line) overlay.lastMentions.set(...line.lastMention);
  else {
    const { membership } = line.predicted;
    const own = overlay.memberships.get(membership.contactId) ?? new Map();
    overlay.memberships.set(membership.contactId, own.set(membershipKey(membership), line.predicted));
  }
};

const readIfThere = async (
  client: S3Client,
  object: { readonly Bucket: string; readonly Key: string },
): Promise<string | undefined> => {
  try {
    return await withRetry(async () => {
      const { Body } = await client.send(new GetObjectCommand(object));
      return (await Body?.transformToString()) ?? '';
    });
  } catch (error) {
    if (isNoSuchKey(error)) return undefined;
    throw error;
  }
};
