import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BounceRecord, InboundMail, Mail, OutboundMail, StoredFile, Suppression, WebhookCall } from './records.ts';

/** What becomes of a mail after it arrived; its content never changes. */
export type MailChange = Partial<Pick<OutboundMail, 'deliveries' | 'events'>> | Pick<InboundMail, 'status'>;

type Line =
  | { mail: Mail }
  | { changed: string; to: MailChange }
  | { webhook: WebhookCall }
  | { bounce: BounceRecord }
  | { suppression: Suppression }
  | { lifted: string }
  | { seq: number };

/**
 * Everything the mailbox keeps: in memory, and as lines of JSON appended to one file, where the last line about a thing
 * holds. A line is written before the caller goes on, so a killed mailbox has lost nothing it answered for.
 */
export class MailStore {
  readonly mails = new Map<string, Mail>();
  readonly webhooks = new Map<string, WebhookCall>();
  readonly bounces = new Map<number, BounceRecord>();
  readonly suppressions = new Map<string, Suppression>();
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #journal: string;
  readonly #files: string;
  #seq = 0;
  #isToldSoon = false;

  constructor(folder: string) {
    this.#journal = path.join(folder, 'mailbox.jsonl');
    this.#files = path.join(folder, 'files');
    mkdirSync(this.#files, { recursive: true });
    if (existsSync(this.#journal)) this.#load();
  }

  /** The next number in the order of arrival. */
  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  nextBounceId(): number {
    return 100_000 + this.nextSeq();
  }

  saveMail(mail: Mail): void {
    this.#write({ mail });
  }

  /** Notes what became of a mail; nothing when it was forgotten meanwhile. */
  changeMail(id: string, to: MailChange): void {
    if (this.mails.has(id)) this.#write({ changed: id, to });
  }

  saveWebhook(webhook: WebhookCall): void {
    this.#write({ webhook });
  }

  saveBounce(bounce: BounceRecord): void {
    this.#write({ bounce });
  }

  suppress(suppression: Suppression): void {
    this.#write({ suppression });
  }

  liftSuppression(address: string): void {
    this.#write({ lifted: address });
  }

  outbound(id: string): OutboundMail | null {
    const mail = this.mails.get(id);
    return mail?.direction === 'out' ? mail : null;
  }

  inbound(id: string): InboundMail | null {
    const mail = this.mails.get(id);
    return mail?.direction === 'in' ? mail : null;
  }

  /** All mails, newest first. */
  newestFirst(): Mail[] {
    return [...this.mails.values()].toReversed();
  }

  webhooksOf(mailId: string): WebhookCall[] {
    return [...this.webhooks.values()].filter((call) => call.mailId === mailId);
  }

  /** Keeps a file's bytes; the same bytes are kept once. */
  saveFile(name: string, contentType: string, contentId: string, bytes: Buffer): StoredFile {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const place = path.join(this.#files, sha256);
    if (!existsSync(place)) writeFileSync(place, bytes);
    return { name, contentType, contentId, size: bytes.length, sha256 };
  }

  readFile(file: StoredFile): Buffer {
    return readFileSync(path.join(this.#files, file.sha256));
  }

  /** Forgets all mails, webhooks, bounces and suppressions; the order numbers go on. */
  clear(): void {
    for (const map of [this.mails, this.webhooks, this.bounces, this.suppressions]) map.clear();
    this.#rewrite();
    rmSync(this.#files, { recursive: true, force: true });
    mkdirSync(this.#files, { recursive: true });
    this.#tellSoon();
  }

  /** Calls back after each step of changes until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#changes.on('change', listener);
    return () => this.#changes.off('change', listener);
  }

  /** Waits until `find` gives something, but not longer than `waitMs`. */
  async until<T>(find: () => T | null, waitMs: number, signal?: AbortSignal): Promise<T | null> {
    const found = find();
    if (found !== null || waitMs <= 0) return found;
    return await new Promise((resolve) => {
      const end = (result: T | null): void => {
        clearTimeout(timer);
        off();
        signal?.removeEventListener('abort', stop);
        resolve(result);
      };
      const stop = (): void => end(null);
      const timer = setTimeout(() => end(find()), waitMs);
      const off = this.onChange(() => {
        const now = find();
        if (now !== null) end(now);
      });
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  #write(line: Line): void {
    this.#apply(line);
    appendFileSync(this.#journal, `${JSON.stringify(line)}\n`);
    this.#tellSoon();
  }

  /** Told once the step is whole: between a delivery and its webhook, a mail would look as if nothing were to come. */
  #tellSoon(): void {
    if (this.#isToldSoon) return;
    this.#isToldSoon = true;
    queueMicrotask(() => {
      this.#isToldSoon = false;
      this.#changes.emit('change');
    });
  }

  #apply(line: Line): void {
    if ('mail' in line) {
      this.mails.set(line.mail.id, line.mail);
      this.#seq = Math.max(this.#seq, line.mail.seq);
    } else if ('changed' in line) {
      const mail = this.mails.get(line.changed);
      if (mail) this.mails.set(mail.id, Object.assign({}, mail, line.to));
    } else if ('webhook' in line) this.webhooks.set(line.webhook.id, line.webhook);
    else if ('bounce' in line) {
      this.bounces.set(line.bounce.ID, line.bounce);
      this.#seq = Math.max(this.#seq, line.bounce.ID - 100_000);
    } else if ('suppression' in line) this.suppressions.set(line.suppression.address, line.suppression);
    else if ('lifted' in line) this.suppressions.delete(line.lifted);
    else this.#seq = Math.max(this.#seq, line.seq);
  }

  /** A line cut off by a kill is passed over; a journal grown long by changes is written anew. */
  #load(): void {
    const lines = readFileSync(this.#journal, 'utf8').split('\n').filter(Boolean);
    let isWhole = true;
    for (const line of lines) {
      try {
        this.#apply(JSON.parse(line) as Line);
      } catch {
        isWhole = false;
      }
    }
    const kept = this.mails.size + this.webhooks.size + this.bounces.size + this.suppressions.size;
    if (!isWhole || lines.length > 4 * kept + 500) this.#rewrite();
  }

  #rewrite(): void {
    const lines: Line[] = [
      { seq: this.#seq },
      ...[...this.mails.values()].map((mail) => ({ mail })),
      ...[...this.webhooks.values()].map((webhook) => ({ webhook })),
      ...[...this.bounces.values()].map((bounce) => ({ bounce })),
      ...[...this.suppressions.values()].map((suppression) => ({ suppression })),
    ];
    writeFileSync(`${this.#journal}.new`, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    renameSync(`${this.#journal}.new`, this.#journal);
  }
}
