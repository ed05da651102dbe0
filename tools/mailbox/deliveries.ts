import { bounceRecord, bouncePayload, complaintPayload, deliveryPayload } from './events.ts';
import type { BounceRecord, Delivery, MailEvent, OutboundMail } from './records.ts';
import type { MailStore } from './store.ts';
import type { WebhookSender } from './webhooks.ts';

/** What becomes of an accepted mail at the recipient's: delivered after a while, bounced, complained about. */
export class Deliveries {
  readonly #store: MailStore;
  readonly #webhooks: WebhookSender;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(store: MailStore, webhooks: WebhookSender) {
    this.#store = store;
    this.#webhooks = webhooks;
  }

  /** Plans the deliveries of a mail, or of all mails after a start. */
  plan(mail: OutboundMail): void {
    for (const { recipient, state, dueAt } of mail.deliveries) {
      if (state !== 'pending' || dueAt === null) continue;
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        this.deliver(mail.id, recipient);
      }, Math.max(0, Date.parse(dueAt) - Date.now()));
      this.#timers.add(timer);
    }
  }

  planAll(): void {
    for (const mail of this.#store.mails.values()) if (mail.direction === 'out') this.plan(mail);
  }

  /** Delivers a mail to its recipient now, unless it has met its fate already. */
  deliver(id: string, recipient: string): void {
    const mail = this.#store.outbound(id);
    if (mail?.deliveries.find((delivery) => delivery.recipient === recipient)?.state !== 'pending') return;
    if (mail.bounceAs !== null) {
      this.bounce(mail, recipient, mail.bounceAs);
      return;
    }
    const now = new Date();
    const payload = deliveryPayload(mail, recipient, now);
    this.#note(mail, recipient, 'delivered', {
      Recipient: recipient,
      Type: 'Delivered',
      ReceivedAt: now.toISOString(),
      Details: { DeliveryMessage: String(payload['Details']), DestinationServer: 'mx.mailbox.localhost (127.0.0.1)', DestinationIP: '127.0.0.1' },
    });
    this.#webhooks.post({ target: 'events', recordType: 'Delivery', mailId: id, payload });
  }

  /** Lets a mail bounce; a hard one makes the address inactive. */
  bounce(mail: OutboundMail, recipient: string, type: string): BounceRecord {
    const now = new Date();
    const record = bounceRecord(mail, recipient, type, this.#store.nextBounceId(), now);
    this.#store.saveBounce(record);
    if (record.Inactive) this.#store.suppress({ address: recipient.toLowerCase(), reason: 'HardBounce', at: now.toISOString() });
    const isFinal = record.Type !== 'Transient' && record.Type !== 'AutoResponder';
    this.#note(mail, recipient, isFinal ? 'bounced' : null, {
      Recipient: recipient,
      Type: record.Type === 'Transient' ? 'Transient' : 'Bounced',
      ReceivedAt: now.toISOString(),
      Details: { Summary: record.Details, BounceID: record.ID },
    });
    this.#webhooks.post({ target: 'events', recordType: 'Bounce', mailId: mail.id, payload: bouncePayload(record, mail) });
    return record;
  }

  /** Marks a mail as spam; the address becomes inactive and cannot be activated again. */
  complain(mail: OutboundMail, recipient: string): BounceRecord {
    const now = new Date();
    const record = bounceRecord(mail, recipient, 'SpamComplaint', this.#store.nextBounceId(), now);
    this.#store.saveBounce(record);
    this.#store.suppress({ address: recipient.toLowerCase(), reason: 'SpamComplaint', at: now.toISOString() });
    this.#note(mail, recipient, null, {
      Recipient: recipient,
      Type: 'SpamComplaint',
      ReceivedAt: now.toISOString(),
      Details: { Summary: record.Details, BounceID: record.ID },
    });
    this.#webhooks.post({ target: 'events', recordType: 'SpamComplaint', mailId: mail.id, payload: complaintPayload(record, mail) });
    return record;
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #note(mail: OutboundMail, recipient: string, state: Delivery['state'] | null, event: MailEvent): void {
    const latest = this.#store.outbound(mail.id) ?? mail;
    const deliveries = latest.deliveries.map((delivery) =>
      delivery.recipient === recipient && state !== null ? { ...delivery, state, dueAt: null } : delivery,
    );
    this.#store.changeMail(latest.id, { deliveries, events: [...latest.events, event] });
  }
}
