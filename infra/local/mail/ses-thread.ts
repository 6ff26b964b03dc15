import ses from 'aws-ses-v2-local';
import { serveEngine } from '../engine/worker-engine.ts';

/** The module is CommonJS, which Node hands over whole. */
const startSes = 'default' in ses ? ses.default : ses;

await serveEngine(async () => {
  const server = await startSes({ host: '127.0.0.1', port: 0 });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The mail engine has no port');
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { port: address.port, stop };
});
