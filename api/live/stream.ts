import type { Response } from 'express';
import { findVisible } from '#db/live/visible.ts';
import { emFor, gateEm } from '#db/orm.ts';
import { findMemberActor, isSessionAlive } from '#db/users/queries.ts';
import type { MemberActor } from '#domain/actors.ts';
import { EVENTS, type EventName, type EventSpec, type LiveTopic } from '#domain/events.ts';
import { can, type Action } from '#domain/permissions.ts';
import type { AppDeps } from '../deps.ts';
import type { Announcement } from './streams.ts';

const HEARTBEAT_MS = 20_000;
/** Events of one moment are asked about together. */
const GATHER_MS = 150;

/** Who may hear of changes to a list at all. */
const TOPIC_PERMISSION: Readonly<Record<LiveTopic, Action>> = {
  'work-orders': 'work_order.read',
  'to-review': 'to_review.read',
  mails: 'mail_log.read',
  firms: 'firm.read',
  workspaces: 'workspace.read',
  assets: 'asset.read',
  users: 'user.read',
  settings: 'account.read',
};

export type LiveMessage = { readonly topic: LiveTopic; readonly workOrderId: string | null; readonly name: string };

/** One browser's stream: gathers announcements, asks again what its reader may see, and tells them of that. */
export class LiveStream {
  readonly #res: Response;
  readonly #deps: AppDeps;
  readonly #sessionId: string;
  readonly #first: MemberActor;
  readonly #unsubscribe: () => void;
  readonly #heartbeat: NodeJS.Timeout;
  #pending: Announcement[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(res: Response, deps: AppDeps, sessionId: string, actor: MemberActor) {
    this.#res = res;
    this.#deps = deps;
    this.#sessionId = sessionId;
    this.#first = actor;
    this.#unsubscribe = deps.streams.subscribe(actor.organisationId, {
      onEvent: (announcement) => this.#gather(announcement),
      // Something may have been missed: the browser comes back and asks for everything once.
      onGap: () => this.#res.end(),
      onEnd: () => this.#res.end(),
    });
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
  }

  stop(): void {
    clearInterval(this.#heartbeat);
    if (this.#timer) clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  #gather(announcement: Announcement): void {
    this.#pending.push(announcement);
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#tell(this.#pending.splice(0));
    }, GATHER_MS);
  }

  #beat(): void {
    this.#res.write(': still here\n\n');
    void this.#tell([]);
  }

  async #tell(announcements: readonly Announcement[]): Promise<void> {
    try {
      const actor = await this.#stillThere();
      if (!actor) this.#res.end();
      else for (const message of await this.#visible(actor, announcements)) this.#res.write(`event: changed\ndata: ${JSON.stringify(message)}\n\n`);
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'live stream broken off');
      this.#res.end();
    }
  }

  /** Session and membership, asked again: who was removed hears nothing more. */
  async #stillThere(): Promise<MemberActor | null> {
    return gateEm(this.#deps.orm).transactional(async (em) => {
      if (!(await isSessionAlive(em, this.#sessionId, this.#deps.clock()))) return null;
      return findMemberActor(em, this.#first.userId, this.#first.organisationId);
    });
  }

  async #visible(actor: MemberActor, announcements: readonly Announcement[]): Promise<LiveMessage[]> {
    const ids = [...new Set(announcements.map((one) => one.workOrderId).filter((id) => id !== null))];
    const seen = ids.length > 0 ? await emFor(this.#deps.orm, actor).transactional((em) => findVisible(em, actor, ids)) : new Set<string>();
    const messages = announcements.filter((one) => !one.workOrderId || seen.has(one.workOrderId)).flatMap((one) => messagesOf(one, actor));
    return [...new Map(messages.map((one) => [JSON.stringify(one), one])).values()];
  }
}

function messagesOf({ name, workOrderId }: Announcement, actor: MemberActor): LiveMessage[] {
  const spec: EventSpec | undefined = EVENTS[name as EventName];
  const topics = (spec?.live ?? []).filter((topic) => can(actor, TOPIC_PERMISSION[topic]));
  return topics.map((topic) => ({ topic, workOrderId, name }));
}
