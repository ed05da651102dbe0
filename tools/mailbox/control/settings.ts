import { z } from 'zod';
import type { Mailroom } from '../mailroom.ts';
import type { LiveSettings } from '../settings.ts';

const address = z.strictObject({ url: z.url(), user: z.string().default(''), password: z.string().default('') }).nullable();

/** What may be changed while the mailbox runs; a field left out stays as it is. */
export const changeShape = z
  .strictObject({
    webhooks: z.strictObject({ inbound: address, events: address }).partial(),
    minuteMs: z.int().min(0),
    deliveryMs: z.int().min(0),
    isDeliveryAutomatic: z.boolean(),
    keepsMessageId: z.boolean(),
    searchDelayMs: z.int().min(0),
    account: z.enum(['normal', 'pending', 'suspended', 'out_of_credits']),
    senderDomains: z.array(z.string()),
  })
  .partial();

export type SettingsChange = z.input<typeof changeShape>;

/** The settings after a change. */
export function changed(live: LiveSettings, change: z.infer<typeof changeShape>): LiveSettings {
  const { webhooks = {}, ...rest } = change;
  const { inbound = live.webhooks.inbound, events = live.webhooks.events } = webhooks;
  const named = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...live, ...named, webhooks: { inbound, events } };
}

/** The settings without passwords. */
export function presentSettings(room: Mailroom): LiveSettings & { inboundDomain: string } {
  const { inbound, events } = room.live.webhooks;
  const blank = (target: typeof inbound): typeof inbound => target && { ...target, password: target.password ? '…' : '' };
  return { ...room.live, webhooks: { inbound: blank(inbound), events: blank(events) }, inboundDomain: room.inboundDomain };
}
