import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '#domain/errors.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
const DEEPEST = 20;

/**
 * Refuses unsafe requests that another site's page could have made: the browser must say same-origin, or the Origin must
 * be ours. Scripts without a browser send an Origin header.
 */
export function sameOriginOnly(publicUrl: string) {
  const origin = new URL(publicUrl).origin;
  return (req: Request, _res: Response, next: NextFunction): void => {
    if (SAFE_METHODS.has(req.method)) return next();
    const site = req.headers['sec-fetch-site'];
    const isOurs = site === undefined ? req.headers.origin === origin : site === 'same-origin';
    next(isOurs ? undefined : new DomainError('wrong_origin'));
  };
}

/** Refuses JSON so deep that walking it would overflow the stack. */
export function depthCap(req: Request, _res: Response, next: NextFunction): void {
  next(isDeeperThan(req.body, DEEPEST) ? new DomainError('bad_request') : undefined);
}

/** Whether nested objects and arrays go deeper; walks level by level, without recursion. */
export function isDeeperThan(value: unknown, depth: number): boolean {
  let level: unknown[] = [value];
  for (let left = depth; level.length > 0; left -= 1) {
    if (left < 0) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

/** Answers of the API belong to one session and one moment: nobody keeps them. */
export function noStore(_req: Request, res: Response, next: NextFunction): void {
  res.setHeader('Cache-Control', 'no-store');
  next();
}

/** What is no upload has so long to arrive whole. */
export const BODY_MS = 30_000;

/** Cuts a request whose body has not arrived in time; uploads are not under it, they may take long. */
export function bodyDeadline(ms: number) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const timer = setTimeout(() => {
      if (!req.complete) req.socket.destroy();
    }, ms);
    timer.unref();
    const stop = (): void => clearTimeout(timer);
    req.once('end', stop);
    res.once('close', stop);
    next();
  };
}

/** How slow a sender may be: a phone at the edge of its net is faster, also over a tunnel of a minute. */
export const PACE = { windowMs: 120_000, leastBytes: 64 * 1024 } as const;

/**
 * Cuts a sender whose body trickles: fewer bytes than `leastBytes` within `windowMs`. Whoever keeps the pace may take as
 * long as the server allows a request, so that a slow phone comes to its end. Waiting for us is not slowness.
 */
export function steadyBody({ windowMs, leastBytes }: { readonly windowMs: number; readonly leastBytes: number }) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
    if (hasBody) watchPace(req, res, windowMs, leastBytes);
    next();
  };
}

function watchPace(req: Request, res: Response, windowMs: number, leastBytes: number): void {
  const { socket } = req;
  let before = socket.bytesRead;
  const timer = setInterval(() => {
    const came = socket.bytesRead - before;
    before = socket.bytesRead;
    const waitsForUs = req.readableLength > 0;
    if (req.complete) clearInterval(timer);
    else if (came < leastBytes && !waitsForUs) socket.destroy();
  }, windowMs);
  timer.unref();
  req.once('close', () => clearInterval(timer));
  res.once('close', () => clearInterval(timer));
}
