import type { Request, Response } from 'express';

/** So long a sender may be silent after its answer; how long it may send in all is the server's limit for requests. */
const IDLE_MS = 30_000;

/**
 * Answers at once, but ends the exchange only when what is still being sent has flowed by: a connection closed over
 * unread bytes is reset, and its sender may see a broken line instead of the answer.
 */
export function endAfterBody(req: Request, res: Response, body: Buffer, idleMs = IDLE_MS): void {
  res.setHeader('Content-Length', body.length);
  if (req.complete || req.destroyed) {
    res.end(body);
    return;
  }
  res.write(body);
  const timer = setTimeout(() => req.socket.destroy(), idleMs);
  const end = (): void => {
    clearTimeout(timer);
    res.end();
  };
  req.on('data', () => timer.refresh());
  req.once('end', end);
  req.once('close', end);
  req.resume();
}
