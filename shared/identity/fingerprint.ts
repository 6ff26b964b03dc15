import { type Identity, identityKey } from '#domain/contacts/identity.ts';
import { digest } from './digest.ts';

/** One text for one identity that says nothing of it: the same for the same identity everywhere. */
export const fingerprint = (identity: Identity): string => digest(identityKey(identity));
