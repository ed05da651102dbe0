import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { controlRoutes } from './control/routes.ts';
import { closeMailroom, type Mailroom, openMailroom } from './mailroom.ts';
import { pageRoutes } from './pages/routes.ts';
import { postmarkRoutes } from './postmark/routes.ts';
import type { MailboxSettings } from './settings.ts';

/** The mailbox as an Express application: Postmark's API, the control API and the pages. */
export function mailboxApp(room: Mailroom): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/live', (_request, response) => void response.json({ ok: true }));
  app.use(['/control'], controlRoutes(room));
  app.use(postmarkRoutes(room));
  app.use(pageRoutes(room));
  app.use((_request, response) => void response.status(404).json({ Message: 'There is nothing here.' }));
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    console.error(error);
    response.status(500).json({ ErrorCode: 101, Message: error instanceof Error ? error.message : 'Internal error' });
  });
  return app;
}

export interface RunningMailbox {
  /** `http://127.0.0.1:4010` */
  url: string;
  room: Mailroom;
  stop: () => Promise<void>;
}

/** Starts a mailbox; port 0 takes any free one. */
export async function startMailbox(settings: MailboxSettings): Promise<RunningMailbox> {
  const server = createServer();
  // The port first: a second start by mistake must not touch the folder of the first.
  await listen(server, settings);
  const room = openMailroom(settings);
  server.on('request', mailboxApp(room));
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    await closeMailroom(room);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://${settings.host === '0.0.0.0' ? '127.0.0.1' : settings.host}:${port}`, room, stop };
}

async function listen(server: Server, { port, host }: MailboxSettings): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}
