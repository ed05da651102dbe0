import { randomUUID } from 'node:crypto';
import { inboundPayload } from './inbound/payload.ts';
import type { Attempt, WebhookCall } from './records.ts';
import type { LiveSettings, WebhookAddress } from './settings.ts';
import type { MailStore } from './store.ts';

/** Minutes until each retry, as Postmark publishes them for the inbound hook and for event hooks. */
export const INBOUND_RETRY_MINUTES = [1, 5, 10, 10, 10, 15, 30, 60, 120, 360];
export const EVENT_RETRY_MINUTES = [1, 5, 10, 10, 10, 15];
const TIMEOUT_MS = 120_000;
const CONCURRENT_CALLS = 8;
const LONGEST_TIMER_MS = 2_000_000_000;

/** Posts webhooks and retries them by Postmark's plan; what is open is in the store and goes on after a restart. */
export class WebhookSender {
  readonly #store: MailStore;
  readonly #live: () => LiveSettings;
  readonly #running = new Map<string, Promise<void>>();
  /** Ids of the webhooks still to be sent: so that a long history costs nothing. */
  readonly #open = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  readonly #end = new AbortController();

  constructor(store: MailStore, live: () => LiveSettings) {
    this.#store = store;
    this.#live = live;
    for (const call of store.webhooks.values()) if (call.state === 'waiting') this.#open.add(call.id);
  }

  /** Queues a webhook; it leaves at once. */
  post(call: Pick<WebhookCall, 'target' | 'recordType' | 'mailId' | 'payload'>): WebhookCall {
    const now = new Date().toISOString();
    const record: WebhookCall = { ...call, id: randomUUID(), at: now, dueAt: now, state: 'waiting', attempts: [] };
    this.#open.add(record.id);
    this.#store.saveWebhook(record);
    this.wake();
    return record;
  }

  /** Sends a webhook now, whatever its plan or its end says. */
  retryNow(call: WebhookCall): void {
    this.#open.add(call.id);
    this.#store.saveWebhook({ ...call, state: 'waiting', dueAt: new Date().toISOString() });
    this.wake();
  }

  /** Starts what is due and sets the timer for the next. */
  wake(): void {
    if (this.#end.signal.aborted) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const now = Date.now();
    let next = Infinity;
    for (const id of this.#open) {
      const call = this.#store.webhooks.get(id);
      if (call?.state !== 'waiting' || call.dueAt === null) this.#open.delete(id);
      else if (!this.#running.has(id)) {
        const dueAt = Date.parse(call.dueAt);
        if (dueAt > now) next = Math.min(next, dueAt);
        else if (this.#running.size < CONCURRENT_CALLS) this.#start(id);
      }
    }
    if (next !== Infinity) this.#timer = setTimeout(() => this.wake(), Math.min(next - now, LONGEST_TIMER_MS));
  }

  /** Stops; open webhooks stay in the store as they are. */
  async stop(): Promise<void> {
    this.#end.abort();
    if (this.#timer) clearTimeout(this.#timer);
    await Promise.allSettled(this.#running.values());
  }

  #start(id: string): void {
    const run = this.#attempt(id).finally(() => {
      this.#running.delete(id);
      this.wake();
    });
    this.#running.set(id, run);
  }

  async #attempt(id: string): Promise<void> {
    const call = this.#store.webhooks.get(id);
    if (!call) return;
    const address = this.#live().webhooks[call.target];
    if (address === null) {
      this.#store.saveWebhook({ ...call, state: 'no_address', dueAt: null });
      return;
    }
    const attempt = await this.#send(call, address);
    const latest = this.#store.webhooks.get(id);
    // Forgotten meanwhile, or cut off by our own stop: nothing to note.
    if (!latest || this.#end.signal.aborted) return;
    const next = afterAttempt(latest, attempt, this.#live().minuteMs);
    this.#store.saveWebhook(next);
    noteInboundStatus(this.#store, next);
  }

  async #send(call: WebhookCall, address: WebhookAddress): Promise<Attempt> {
    const started = Date.now();
    const at = new Date(started).toISOString();
    try {
      const response = await fetch(address.url, {
        method: 'POST',
        headers: webhookHeaders(call, address),
        body: bodyOf(call, this.#store),
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.#end.signal]),
      });
      const answer = (await response.text()).slice(0, 500);
      return { at, status: response.status, answer, tookMs: Date.now() - started };
    } catch (error) {
      return { at, status: null, answer: reasonOf(error), tookMs: Date.now() - started };
    }
  }
}

function bodyOf(call: WebhookCall, store: MailStore): string {
  if (call.payload !== null) return JSON.stringify(call.payload);
  const mail = store.inbound(call.mailId);
  if (!mail) throw new Error('the mail of this webhook is gone');
  return JSON.stringify(inboundPayload(mail, (file) => store.readFile(file)));
}

function webhookHeaders(call: WebhookCall, { user, password }: WebhookAddress): Record<string, string> {
  const plan = planOf(call);
  return {
    'content-type': 'application/json',
    'user-agent': 'Postmark',
    'x-pm-retries-remaining': String(Math.max(0, plan.length - call.attempts.length)),
    'x-pm-webhook-trace-id': call.id,
    ...(user || password ? { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` } : {}),
  };
}

const planOf = (call: WebhookCall): number[] => (call.target === 'inbound' ? INBOUND_RETRY_MINUTES : EVENT_RETRY_MINUTES);

/**
 * What an attempt means for its webhook.
 * Inbound: only 200 is success and only 403 ends it. Events: 2xx is success; 408, 429, 5xx and silence are retried.
 */
export function afterAttempt(call: WebhookCall, attempt: Attempt, minuteMs: number): WebhookCall {
  const attempts = [...call.attempts, attempt];
  const verdict = call.target === 'inbound' ? inboundVerdict(attempt.status) : eventVerdict(attempt.status);
  if (verdict !== 'retry') return { ...call, attempts, dueAt: null, state: verdict };
  const minutes = planOf(call)[call.attempts.length];
  if (minutes === undefined) return { ...call, attempts, dueAt: null, state: 'gave_up' };
  const dueAt = new Date(Date.parse(attempt.at) + attempt.tookMs + minutes * minuteMs).toISOString();
  return { ...call, attempts, dueAt, state: 'waiting' };
}

function inboundVerdict(status: number | null): 'accepted' | 'stopped' | 'retry' {
  if (status === 200) return 'accepted';
  return status === 403 ? 'stopped' : 'retry';
}

function eventVerdict(status: number | null): 'accepted' | 'stopped' | 'retry' {
  if (status === null || status === 408 || status === 429 || status >= 500) return 'retry';
  return status >= 200 && status < 300 ? 'accepted' : 'stopped';
}

function noteInboundStatus(store: MailStore, call: WebhookCall): void {
  const mail = call.target === 'inbound' ? store.inbound(call.mailId) : null;
  if (!mail) return;
  const status = call.state === 'accepted' ? 'processed' : call.state === 'waiting' ? 'scheduled' : 'failed';
  if (mail.status !== status && mail.status !== 'processed') store.changeMail(mail.id, { status });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`.slice(0, 500);
}
