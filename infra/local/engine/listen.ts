import type { Server } from 'node:http';
import { CannotStart } from './engine.ts';

/** Listens on loopback and returns the port. Throws `CannotStart` when the port is taken. */
export const listenOn = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(
        isTaken
          ? new CannotStart(`Port ${port} is in use: stop what listens there, or set PORT to another one.`)
          : error,
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
