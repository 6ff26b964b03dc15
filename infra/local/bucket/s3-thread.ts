import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import S3rver, { type Context } from '@20minutes/s3rver';
import { temporaryFolder } from '../engine/temporary-folder.ts';
import { serveEngine } from '../engine/worker-engine.ts';
import type { Rights } from '../permission/grant.ts';
import { linkJudge } from './judge-links.ts';
import { s3Guard } from './s3-guard.ts';
import { guardParts } from './s3-parts.ts';

const refuse = (context: Context, { status, code }: { readonly status: number; readonly code?: string }): void => {
  context.status = status;
  if (code === undefined) return;
  context.type = 'application/xml';
  context.body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
};

await serveEngine(async ({ dataDir }) => {
  const directory = dataDir ? join(dataDir, 'objects') : await temporaryFolder('objects');
  await mkdir(directory, { recursive: true });
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    allowMismatchedSignatures: true,
    vhostBuckets: false,
  });
  // Without transports the logger complains of every line unless it is silent itself.
  server.logger.silent = true;
  const guard = s3Guard(async (bucket, key) =>
    (await server.store.existsObject(bucket, key)) ? (await server.store.getMetadata(bucket, key)).etag : undefined,
  );
  const takeBack = guardParts(server.store, directory);
  server.middleware.unshift(async (context, next) => {
    const url = new URL(context.req.url ?? '/', 'http://127.0.0.1');
    const uploadId = url.searchParams.get('uploadId');
    if (context.req.method !== 'DELETE' || uploadId === null) return next();
    const isTakenBack = await takeBack(url.pathname.split('/')[1] ?? '', uploadId);
    refuse(context, isTakenBack ? { status: 204 } : { status: 404, code: 'NoSuchUpload' });
  });
  server.middleware.unshift(async (context, next) => {
    const refusal = await guard(context.req, next);
    if (refusal) refuse(context, refusal);
  });
  const links = linkJudge((report) => parentPort?.postMessage(report));
  server.middleware.unshift(async (context, next) => {
    const refusal = links.refusalOf(context.req);
    if (!refusal) return next();
    refuse(context, { status: refusal.status, code: 'AccessDenied' });
  });
  const { port } = await server.run();

  return {
    port,
    hear: (signers) => links.open(signers as ReadonlyMap<string, Rights>),
    stop: async () => {
      server.httpServer.closeAllConnections();
      await server.close();
      if (!dataDir) await rm(directory, { recursive: true, force: true });
    },
  };
});
