import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ServerClient } from 'postmark';
import { type RunningMailbox, startMailbox } from '#tools/mailbox/app.ts';
import { Mailbox } from '#tools/mailbox/client.ts';
import { defaultLiveSettings } from '#tools/mailbox/settings.ts';

export const TOKEN = 'test-token';
export const INBOUND_DOMAIN = 'reply.gewerk.localhost';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** Stands for our API's webhooks: notes each call and answers with the statuses it was given, then with 200. */
export class Receiver {
  readonly calls: Received[] = [];
  readonly #server: Server;
  #statuses: number[] = [];
  #waiting: (() => void)[] = [];

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
        this.calls.push({ path: request.url ?? '', headers: request.headers, body });
        response.statusCode = this.#statuses.shift() ?? 200;
        response.end('seen');
        for (const wake of this.#waiting.splice(0)) wake();
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  answerWith(...statuses: number[]): void {
    this.#statuses = statuses;
  }

  /** Waits until so many calls came. */
  async until(count: number): Promise<Received[]> {
    while (this.calls.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.calls;
  }
}

export interface Stage {
  mailbox: Mailbox;
  running: RunningMailbox;
  postmark: ServerClient;
  receiver: Receiver;
  folder: string;
  /** Stops the mailbox and starts it on the same folder. */
  restart: () => Promise<Stage>;
  /** Waits until no call of an earlier test is on its way, which would be taken for one of the next. */
  quiet: () => Promise<void>;
  stop: () => Promise<void>;
}

/** A mailbox on a free port with its webhooks pointed at a receiver; minutes last 5 ms, deliveries come at once. */
export async function openStage(folder?: string, receiver = new Receiver(), receiverUrl?: string): Promise<Stage> {
  const data = folder ?? (await mkdtemp(path.join(tmpdir(), 'mailbox-')));
  const url = receiverUrl ?? (await receiver.start());
  const running = await startMailbox({
    dataFolder: data,
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    inboundDomain: INBOUND_DOMAIN,
    live: {
      ...defaultLiveSettings(),
      minuteMs: 5,
      deliveryMs: 0,
      webhooks: {
        inbound: { url: `${url}/inbound`, user: 'in', password: 'in-secret' },
        events: { url: `${url}/events`, user: 'ev', password: 'ev-secret' },
      },
    },
  });
  return {
    mailbox: new Mailbox(running.url),
    running,
    postmark: clientFor(running.url),
    receiver,
    folder: data,
    restart: async () => {
      await running.stop();
      return await openStage(data, receiver, url);
    },
    quiet: async () => {
      const mailbox = new Mailbox(running.url);
      for (const mail of await mailbox.mailsNow('', { direction: 'all' })) await mailbox.settled(mail);
    },
    stop: async () => {
      await running.stop();
      await receiver.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

export function clientFor(url: string, token = TOKEN): ServerClient {
  return new ServerClient(token, { useHttps: false, requestHost: url.replace('http://', ''), timeout: 30 });
}

/** A mail as the application sends it; a test names only what it is about. */
export function anEmail(change: Record<string, unknown> = {}): { From: string; To: string; Subject: string; TextBody: string } {
  return {
    From: '"Hausverwaltung Lohbach" <auftrag@reply.gewerk.localhost>',
    To: '"Maler Kern" <kern@maler-kern.example>',
    Subject: 'Auftrag M-2026-00042: Treppenhaus streichen',
    TextBody: 'Guten Tag,\n\nwir möchten Sie mit folgender Arbeit beauftragen.\n\nhttp://localhost:4000/a/geheim\n',
    ...change,
  };
}
