import type { BounceOrder } from './control/actions.ts';
import type { PresentedMail } from './control/present.ts';
import type { SettingsChange } from './control/settings.ts';
import type { Fault, FaultOrder } from './faults.ts';
import type { ForwardOrder, ReplyOrder } from './inbound/answers.ts';
import type { bounceMailShape, outOfOfficeShape, readReceiptShape } from './inbound/machines.ts';
import type { InboundOrder } from './inbound/receive.ts';
import type { BounceRecord, Suppression, WebhookCall } from './records.ts';
import type { z } from 'zod';

export type MailboxMail = PresentedMail;
export type { BounceOrder, BounceRecord, FaultOrder, ForwardOrder, InboundOrder, ReplyOrder, SettingsChange, Suppression, WebhookCall };

export interface MailWish {
  /** A part of the subject, or a pattern for the whole. */
  subject?: string | RegExp | undefined;
  /** A part of the plain text: one of several mails of a kind is meant. */
  text?: string | undefined;
  /** Only mails after this one, or from this moment on. */
  since?: Date | MailboxMail | undefined;
  tag?: string | undefined;
  metadata?: Record<string, string> | undefined;
  direction?: 'out' | 'in' | 'all' | undefined;
  /** Default 90 s. */
  timeoutMs?: number | undefined;
}

type MailRef = string | Pick<MailboxMail, 'id'>;
type Body = Record<string, unknown> | object;

/** Drives a running mailbox: it waits for mails by long polls and never sleeps. */
export class Mailbox {
  readonly url: string;

  constructor(url: string) {
    this.url = url.replace(/\/$/, '');
  }

  /**
   * The newest mail to an address that fits; waits for it to come.
   * @throws Error naming the subjects that did come, when the time is over
   */
  async mailTo(address: string, wish: MailWish = {}): Promise<MailboxMail> {
    const [mail] = await this.mailsTo(address, 1, wish);
    if (!mail) throw new Error(`no mail to ${address}`);
    return mail;
  }

  /** At least `count` mails to an address, newest first. */
  async mailsTo(address: string, count: number, wish: MailWish = {}): Promise<MailboxMail[]> {
    const until = Date.now() + (wish.timeoutMs ?? 90_000);
    let needed = count;
    for (;;) {
      const left = until - Date.now();
      const all = await this.search(address, wish, needed, Math.max(0, Math.min(left, 60_000)));
      const fitting = all.filter((mail) => fits(mail, wish));
      if (fitting.length >= count) return fitting;
      if (left <= 0) throw new Error(await this.#complaint(address, count, wish));
      // Others came, but too few that fit: wait until one more is there.
      needed = all.length + 1;
    }
  }

  /** The mails to an address that are there now. */
  async mailsNow(address: string, wish: MailWish = {}): Promise<MailboxMail[]> {
    const all = await this.search(address, wish, 1, 0);
    return all.filter((mail) => fits(mail, wish));
  }

  async search(to: string, wish: MailWish, count: number, waitMs: number): Promise<MailboxMail[]> {
    const query = new URLSearchParams({ to, count: String(count), wait: String(Math.round(waitMs)), limit: '1000', direction: wish.direction ?? 'out' });
    if (typeof wish.subject === 'string') query.set('subject', wish.subject);
    if (wish.tag !== undefined) query.set('tag', wish.tag);
    if (wish.since instanceof Date) query.set('since', wish.since.toISOString());
    else if (wish.since) query.set('after', String(wish.since.seq));
    for (const [key, value] of Object.entries(wish.metadata ?? {})) query.set(`metadata_${key}`, value);
    const { mails } = await this.#call<{ mails: MailboxMail[] }>('GET', `/mails?${query.toString()}`);
    return mails;
  }

  /** A mail as it is now. */
  async mail(mail: MailRef): Promise<MailboxMail> {
    return await this.#call('GET', `/mails/${idOf(mail)}`);
  }

  /** Waits until a mail is delivered and every webhook about it is answered or given up. */
  async settled(mail: MailRef, timeoutMs = 60_000): Promise<MailboxMail> {
    return await this.#call('GET', `/mails/${idOf(mail)}?settled=${timeoutMs}`);
  }

  /** A person answers a mail; the result is the inbound mail. */
  async reply(mail: MailRef, order: ReplyOrder | string): Promise<MailboxMail> {
    return await this.#act(mail, 'reply', typeof order === 'string' ? { text: order } : order);
  }

  async forward(mail: MailRef, order: ForwardOrder): Promise<MailboxMail> {
    return await this.#act(mail, 'forward', order);
  }

  async outOfOffice(mail: MailRef, order: z.input<typeof outOfOfficeShape> = {}): Promise<MailboxMail> {
    return await this.#act(mail, 'out-of-office', order);
  }

  async readReceipt(mail: MailRef, order: z.input<typeof readReceiptShape> = {}): Promise<MailboxMail> {
    return await this.#act(mail, 'read-receipt', order);
  }

  /** A badly made server bounces to Reply-To by a mail. */
  async bounceByMail(mail: MailRef, order: z.input<typeof bounceMailShape> = {}): Promise<MailboxMail> {
    return await this.#act(mail, 'bounce-mail', order);
  }

  /** Postmark reports a bounce; a hard one makes the address inactive. */
  async bounce(mail: MailRef, order: BounceOrder = {}): Promise<BounceRecord> {
    return await this.#act(mail, 'bounce', order);
  }

  async spam(mail: MailRef, recipient?: string): Promise<BounceRecord> {
    return await this.#act(mail, 'spam', recipient === undefined ? {} : { recipient });
  }

  /** Delivers a mail now, while automatic delivery is off. */
  async deliver(mail: MailRef, recipient?: string): Promise<MailboxMail> {
    return await this.#act(mail, 'deliver', recipient === undefined ? {} : { recipient });
  }

  /** Posts an inbound mail again: the very same, or with another MessageID but the same Message-ID. */
  async deliverAgain(mail: MailRef, as: 'same' | 'new_message_id' = 'same'): Promise<MailboxMail> {
    return await this.#act(mail, 'deliver-again', { as });
  }

  /** A new mail from anybody to one of our inbound addresses. */
  async send(order: InboundOrder): Promise<MailboxMail> {
    return await this.#call('POST', '/inbound', order);
  }

  async orderFault(order: FaultOrder): Promise<Fault> {
    return await this.#call('POST', '/faults', order);
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', '/faults');
  }

  async change(settings: SettingsChange): Promise<void> {
    await this.#call('PUT', '/settings', settings);
  }

  async webhooks(): Promise<WebhookCall[]> {
    return (await this.#call<{ webhooks: WebhookCall[] }>('GET', '/webhooks')).webhooks;
  }

  async retryWebhook(id: string): Promise<WebhookCall> {
    return await this.#call('POST', `/webhooks/${id}/retry`, {});
  }

  async suppressions(): Promise<Suppression[]> {
    return (await this.#call<{ suppressions: Suppression[] }>('GET', '/suppressions')).suppressions;
  }

  async liftSuppression(address: string): Promise<void> {
    await this.#call('DELETE', `/suppressions/${encodeURIComponent(address)}`);
  }

  /** Forgets all mails, webhooks, bounces, suppressions and faults. */
  async clear(): Promise<void> {
    await this.#call('DELETE', '/mails');
  }

  /** The bytes of an attachment. */
  async file(attachment: MailboxMail['attachments'][number]): Promise<Buffer> {
    const response = await fetch(this.url + attachment.url);
    if (!response.ok) throw new Error(`mailbox answered ${response.status} for ${attachment.url}`);
    return Buffer.from(await response.arrayBuffer());
  }

  async #act<T>(mail: MailRef, action: string, order: Body): Promise<T> {
    return await this.#call('POST', `/mails/${idOf(mail)}/${action}`, order);
  }

  async #call<T>(method: string, path: string, body?: Body): Promise<T> {
    const response = await fetch(`${this.url}/control${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`mailbox answered ${response.status} to ${method} ${path}: ${answer}`);
    return (answer === '' ? undefined : JSON.parse(answer)) as T;
  }

  async #complaint(address: string, count: number, wish: MailWish): Promise<string> {
    const { subject: _subject, ...rest } = wish;
    const came = (await this.search(address, rest, 1, 0)).map(({ subject }) => `"${subject}"`).slice(0, 10);
    const wanted = wish.subject === undefined ? '' : ` with subject ${String(wish.subject)}`;
    return `waited for ${count} mail(s) to ${address}${wanted}; came: ${came.join(', ') || 'none'}`;
  }
}

const idOf = (mail: MailRef): string => (typeof mail === 'string' ? mail : mail.id);

/** What the mailbox itself doesn't filter by. */
function fits(mail: MailboxMail, { subject, text }: MailWish): boolean {
  return (!(subject instanceof RegExp) || subject.test(mail.subject)) && (text === undefined || mail.text.includes(text));
}
