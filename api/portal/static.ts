import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import express, { Router, type NextFunction, type Request, type Response } from 'express';

const YEAR_SECONDS = 31_536_000;
/** What the build names by its content: it can never change under the same name. */
const HASHED = /-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

/**
 * The built portal: hashed assets are kept for ever, the page itself is always asked for, and every path that is no file
 * is the page, so that a deep link or a reload works.
 */
export function portalFiles(folder: string): Router {
  const root = resolve(folder);
  const router = Router();
  router.use(
    express.static(root, {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      etag: true,
      setHeaders: (res, path) => res.setHeader('Cache-Control', HASHED.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache'),
    }),
  );
  router.get('/{*path}', (req, res, next) => sendPage(root, req, res, next));
  return router;
}

/** Addresses of files are not pages: a missing script must not answer with HTML. */
function sendPage(root: string, req: Request, res: Response, next: NextFunction): void {
  const page = join(root, 'index.html');
  if (/\.[a-z0-9]{2,5}$/i.test(req.path)) return next();
  access(page).then(
    // By its root: a dot folder above the portal, as in ~/.local, is nobody's hidden file.
    () => res.sendFile('index.html', { root, headers: { 'Cache-Control': 'no-cache' }, cacheControl: false }),
    () => next(),
  );
}
