import { identityKey } from '#domain/contacts/identity.ts';
import type { Fingerprint } from '#domain/erasure/erasure.ts';
import { digest } from './digest.ts';

/** The digest of an identity. */
export const fingerprint: Fingerprint = (identity) => digest(identityKey(identity));
