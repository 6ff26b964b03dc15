import { randomBytes } from 'node:crypto';
import { digest } from '#identity/digest.ts';

/** A key that nobody has yet, and its hash: 256 random bits behind a prefix by which secret scanners and people know it. */
export const secretKey = (): { readonly key: string; readonly hash: string } => {
  const key = `rollcall_${randomBytes(32).toString('base64url')}`;
  return { key, hash: digest(key) };
};
