import type { Response } from 'express';
import { findVisible } from '#db/live/visible.ts';
import { emFor, gateEm } from '#db/orm.ts';
import { findAccountActor, isSessionAlive } from '#db/users/queries.ts';
import { accountIdOf, type AccountActor } from '#domain/actors.ts';
import type { AppDeps } from '../deps.ts';
import type { Announcement } from './registry.ts';
import type { LiveMessage } from './schema.ts';
import { messagesOf } from './told.ts';

const HEARTBEAT_MS = 20_000;
/** Events of one moment are asked about together. */
const GATHER_MS = 150;
/** A reader that has fallen so far behind is not reading: the stream ends, its browser comes back and asks for everything once. */
const MOST_UNREAD_BYTES = 256 * 1024;
/** What a program that does not know `crowded` should wait before it comes again. */
const CROWDED = 'event: crowded\nretry: 60000\ndata: {}\n\n';

/** One browser's stream: gathers announcements, asks again what its reader may see, and tells them of that. */
export class LiveStream {
  readonly #res: Response;
  readonly #deps: AppDeps;
  readonly #sessionId: string;
  readonly #first: AccountActor;
  readonly #unsubscribe: (() => void) | null;
  readonly #heartbeat: NodeJS.Timeout;
  #pending: Announcement[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(res: Response, deps: AppDeps, sessionId: string, actor: AccountActor) {
    this.#res = res;
    this.#deps = deps;
    this.#sessionId = sessionId;
    this.#first = actor;
    this.#unsubscribe = deps.streams.subscribe(actor, {
      onEvent: (announcement) => this.#gather(announcement),
      // Something may have been missed: the browser comes back and asks for everything once.
      onGap: () => this.#res.end(),
      onCrowded: () => this.#res.end(CROWDED),
      onEnd: () => this.#res.end(),
    });
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
    if (!this.#unsubscribe) this.#res.end(CROWDED);
  }

  stop(): void {
    clearInterval(this.#heartbeat);
    if (this.#timer) clearTimeout(this.#timer);
    this.#unsubscribe?.();
  }

  #gather(announcement: Announcement): void {
    this.#pending.push(announcement);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#tell(this.#pending.splice(0));
    }, GATHER_MS);
  }

  #write(text: string): void {
    if (this.#res.writableLength > MOST_UNREAD_BYTES) this.#res.destroy();
    else if (!this.#res.writableEnded) this.#res.write(text);
  }

  #beat(): void {
    this.#write(': still here\n\n');
    void this.#tell([]);
  }

  async #tell(announcements: readonly Announcement[]): Promise<void> {
    try {
      const actor = await this.#stillThere();
      if (!actor) this.#res.end();
      else for (const message of await this.#visible(actor, announcements)) this.#write(`event: changed\ndata: ${JSON.stringify(message)}\n\n`);
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'live stream broken off');
      this.#res.end();
    }
  }

  /** Session and account, asked again: who was removed, or whose organisation is no partner any more, hears nothing more. */
  async #stillThere(): Promise<AccountActor | null> {
    return gateEm(this.#deps.orm).transactional(async (em) => {
      if (!(await isSessionAlive(em, this.#sessionId, this.#deps.clock()))) return null;
      return findAccountActor(em, this.#first.userId, accountIdOf(this.#first));
    });
  }

  async #visible(actor: AccountActor, announcements: readonly Announcement[]): Promise<LiveMessage[]> {
    if (announcements.length === 0) return [];
    const visible = await emFor(this.#deps.orm, actor).transactional((em) => findVisible(em, actor, announcements));
    const messages = announcements.flatMap((one) => messagesOf(one, actor, visible));
    return [...new Map(messages.map((one) => [JSON.stringify(one), one])).values()];
  }
}
