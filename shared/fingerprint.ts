import { createHash } from 'node:crypto';
import type { Fingerprint } from '#domain/erasure.ts';
import { identityKey } from '#domain/identity.ts';

/** The SHA-256 of an identity, in lower-case hexadecimal. */
export const fingerprint: Fingerprint = (identity) => createHash('sha256').update(identityKey(identity)).digest('hex');
