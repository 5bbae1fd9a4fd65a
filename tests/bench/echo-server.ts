import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { CloudAdapter } from '@microsoft/agents-hosting';
import express from 'express';
import type { RequestHandler } from 'express';

// The least a bot can do with this SDK and this server: says back what it was told.
const adapter = new CloudAdapter({ clientId: 'anonymous' });
const app = express();
app.post('/api/messages', express.json(), answer());
const server = createServer(app);
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
});
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});

function answer(): RequestHandler {
  return async (request, response) => {
    await adapter.process(request, response, async (context) => {
      await context.sendActivity(context.activity.text ?? '');
    });
  };
}
