import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageAssets, renderMail, renderPage, type MailName, type PageData, type PageName } from '#templates/render.ts';
import { mails } from './mail-data.ts';
import { pages, states } from './page-data.ts';

const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';

export type Posted = { readonly path: string; readonly body: string };
export type PageServer = {
  readonly url: string;
  readonly posted: Posted[];
  /** Pieces received, by upload id. */
  readonly received: Map<string, number>;
  /** How many of the next pieces are lost on the way; Infinity until it is set back. */
  loses: number;
  close(): Promise<void>;
};

/** Serves the cast's pages and mails as they are, keeps what is posted and takes uploads in pieces of 4 bytes. */
export async function startPageServer(): Promise<PageServer> {
  const kept = { url: '', posted: [] as Posted[], received: new Map<string, number>(), loses: 0, close: async () => {} };
  const sizes = new Map<string, number>();
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://page.invalid');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (url.pathname.includes('/teile')) return takePiece(request.method ?? '', url, body, response);
    if (request.method === 'POST') {
      kept.posted.push({ path: url.pathname, body: body.toString() });
      response.writeHead(303, { location: '/message-sent' }).end();
      return;
    }
    show(url, response);
  }

  function takePiece(method: string, url: URL, body: Buffer, response: ServerResponse): void {
    const json = (status: number, value: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (method === 'POST') {
      const { name, size } = JSON.parse(body.toString()) as { name: string; size: number };
      if (name.endsWith('.exe')) return json(415, {});
      kept.received.set(name, 0);
      sizes.set(name, size);
      return json(201, { uploadId: name, chunkSize: 4 });
    }
    const id = decodeURIComponent(url.pathname.slice(url.pathname.lastIndexOf('/') + 1));
    if (method === 'PUT' && kept.loses > 0) {
      kept.loses -= 1;
      return void response.destroy();
    }
    const received = (kept.received.get(id) ?? 0) + body.length;
    kept.received.set(id, received);
    json(200, { received, ...(received === sizes.get(id) ? { attachmentId: `id-${id}` } : {}) });
  }

  // A browser silently repeats what is lost on a connection that it had used before.
  server.maxRequestsPerSocket = 1;
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  kept.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  kept.close = () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); });
  return kept;
}

function show(url: URL, response: ServerResponse): void {
  const asset = pageAssets.get(url.pathname);
  if (asset) return void response.writeHead(200, { 'content-type': asset.contentType }).end(asset.body);
  if (url.pathname.includes('/datei/')) return void response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(PICTURE);
  const [, kind, name] = /^\/(mail\/)?([a-z-]+)$/.exec(url.pathname) ?? [];
  const locale = url.searchParams.get('lang') === 'en' ? 'en-GB' : 'de-DE';
  if (kind) {
    const { html } = renderMail(name as MailName, locale, mails[name as MailName]);
    return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  }
  const shown = states[name ?? ''] ?? { name: (name ?? 'order') as PageName, data: pages[(name ?? 'order') as PageName] };
  const data = { ...shown.data, path: `/${name ?? ''}` } as PageData[PageName];
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CSP, 'referrer-policy': 'no-referrer' };
  response.writeHead(200, headers).end(renderPage(shown.name, locale, data as never));
}
