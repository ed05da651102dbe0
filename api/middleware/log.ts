import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';

declare module 'express-serve-static-core' {
  interface Request {
    log: Logger;
  }
}

/** Paths whose next segment is a secret. */
const SECRET_PATHS = /^(\/(?:a|o|f|i|account)\/|\/api\/v1\/account-tokens\/)[^/]+/;

/** A path as it may stand in a log: secrets blanked, query left out. */
export function loggablePath(url: string): string {
  return (url.split('?')[0] ?? '').replace(SECRET_PATHS, '$1[secret]');
}

/** One line per request when it is answered; ids, numbers and paths only, never bodies, queries or tokens. */
export function requestLog(log: Logger) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    const requestId = randomUUID();
    req.log = log.child({ requestId });
    res.setHeader('X-Request-Id', requestId);
    res.on('close', () => {
      req.log.info(
        {
          method: req.method,
          path: loggablePath(req.originalUrl),
          status: res.statusCode,
          ms: Math.round(performance.now() - startedAt),
          ...(res.writableFinished ? {} : { isCutOff: true }),
        },
        'request',
      );
    });
    next();
  };
}
