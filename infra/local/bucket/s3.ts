import type { Engine } from '../engine/engine.ts';
import { type EngineOptions, startWorkerEngine } from '../engine/worker-engine.ts';
import type { Denial, Rights } from '../permission/grant.ts';
import type { Permissions } from '../permission/permissions.ts';

/** The S3 engine; until `open` it takes every link for one that may be followed. */
export interface S3Engine extends Engine {
  /** Who signs links, by session token: a link allows what its signer may do at the time that it is followed. */
  open(signers: ReadonlyMap<string, Rights>, permissions: Permissions): void;
}

/** What the engine's thread reports of the links that it judged. */
export type LinkReport =
  | { readonly token: string; readonly used: readonly number[] }
  | { readonly token: string; readonly denial: Denial };

/** Starts the S3 engine; with a data folder its buckets and objects survive. */
export const startS3 = async (options: EngineOptions): Promise<S3Engine> => {
  const { tell, hear, ...engine } = await startWorkerEngine(new URL('./s3-thread.ts', import.meta.url), options);

  return {
    ...engine,
    open: (signers, { noteUse, noteDenial }) => {
      hear((message) => {
        const report = message as LinkReport;
        const rights = signers.get(report.token);
        if ('denial' in report) noteDenial(report.denial);
        else if (rights) noteUse(rights, report.used);
      });
      tell(signers);
    },
  };
};
