import type { Response } from 'express';
import { streamRoute, type Route } from '../route.ts';
import { LIVE_EVENTS } from './schema.ts';
import { LiveStream } from './stream.ts';

const events = streamRoute(
  {
    method: 'get',
    path: '/accounts/:accountId/events',
    access: 'account.read',
    summary: 'Server-sent events: `changed` says which lists and orders have changed, the receiver fetches them again; after `crowded` (more than eight streams of a user) it asks from time to time instead',
    contentType: 'text/event-stream',
    events: LIVE_EVENTS,
  },
  async ({ actor, signedIn, deps, req, res }) => {
    open(res);
    if (req.method === 'HEAD') return void res.end();
    return new Promise<void>((resolve) => {
      const stream = new LiveStream(res, deps, signedIn.sessionId, actor);
      res.on('close', () => {
        stream.stop();
        resolve();
      });
    });
  },
);

function open(res: Response): void {
  res.status(200);
  res.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
  res.setHeader('Cache-Control', 'no-store, no-transform');
  res.setHeader('X-Accel-Buffering', 'no');
  res.flushHeaders();
  res.write('retry: 2000\n\n');
}

export const liveRoutes: readonly Route[] = [events];
