import type { Fingerprint } from '#domain/erasure.ts';
import { identityKey } from '#domain/identity.ts';
import { digest } from './digest.ts';

/** The digest of an identity. */
export const fingerprint: Fingerprint = (identity) => digest(identityKey(identity));
