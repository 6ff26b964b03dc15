import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { s3Guard } from './s3-guard.ts';
import { serveEngine } from './worker-engine.ts';

await serveEngine(async ({ dataDir }) => {
  const directory = dataDir ? join(dataDir, 'objects') : await mkdtemp(join(tmpdir(), 'rollcall-objects-'));
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
  server.middleware.unshift(async (context, next) => {
    const refusal = await guard(context.req, next);
    if (!refusal) return;
    context.status = refusal.status;
    context.type = 'application/xml';
    context.body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${refusal.code}</Code><Message>${refusal.code}</Message></Error>`;
  });
  const { port } = await server.run();

  return {
    port,
    stop: async () => {
      server.httpServer.closeAllConnections();
      await server.close();
      if (!dataDir) await rm(directory, { recursive: true, force: true });
    },
  };
});
