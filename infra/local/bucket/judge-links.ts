import type { IncomingMessage } from 'node:http';
import type { RefusalAnswer } from '../permission/access-denied.ts';
import type { Rights } from '../permission/grant.ts';
import { type Guard, guardOf } from '../permission/guard.ts';
import type { LinkReport } from './s3.ts';

/** Judges signed links, which others than their signer may follow. */
export interface LinkJudge {
  /** Who signs links from now on, by session token. */
  open(signers: ReadonlyMap<string, Rights>): void;
  /** The refusal of a link whose signer may not do itself what the link is for. */
  refusalOf(request: Pick<IncomingMessage, 'method' | 'url'>): RefusalAnswer | undefined;
}

/** A judge of signed links, which knows nobody yet. */
export const linkJudge = (report: (report: LinkReport) => void): LinkJudge => {
  let guards: ReadonlyMap<string, Guard> = new Map();

  return {
    open: (signers) => {
      const entries = [...signers].map(([token, rights]) => {
        const used = (positions: readonly number[]) => report({ token, used: positions });
        return [token, guardOf({ rights, token, keys: {} }, { used, denied: (denial) => report({ token, denial }) })];
      });
      guards = new Map(entries as [string, Guard][]);
    },
    refusalOf: ({ method = 'GET', url = '/' }) => {
      // What a browser asks before it follows a link from a page: S3 answers that by the rules of the bucket alone.
      if (method === 'OPTIONS') return undefined;
      const query = new URL(url, 'http://s3').searchParams;
      const token = query.get('X-Amz-Security-Token');
      if (!query.has('X-Amz-Signature') || token === null) return undefined;
      const request = { method, path: url, headers: { 'x-amz-security-token': token }, body: '' };
      return guards.get(token)?.refusalOf('s3', request);
    },
  };
};
