import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Served {
  readonly port: number;
  /** Hangs up on whoever is still there. */
  readonly close: () => Promise<void>;
}

/** Serves on this machine alone, on a free port where none is given. */
export async function serve(server: Server, port = 0): Promise<Served> {
  await new Promise<void>((listening) => {
    server.listen(port, '127.0.0.1', listening);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}
