import { Deliveries } from './deliveries.ts';
import { Faults } from './faults.ts';
import type { LiveSettings, MailboxSettings } from './settings.ts';
import { MailStore } from './store.ts';
import { WebhookSender } from './webhooks.ts';

/** All that the routes work with. */
export interface Mailroom {
  store: MailStore;
  webhooks: WebhookSender;
  deliveries: Deliveries;
  faults: Faults;
  token: string;
  inboundDomain: string;
  /** Replaced as a whole by `PUT /control/settings`. */
  live: LiveSettings;
}

/** Opens the data folder and takes up the deliveries and webhooks that were open. */
export function openMailroom(settings: MailboxSettings): Mailroom {
  const store = new MailStore(settings.dataFolder);
  const webhooks = new WebhookSender(store, () => room.live);
  const deliveries = new Deliveries(store, webhooks);
  const room: Mailroom = {
    store,
    webhooks,
    deliveries,
    faults: new Faults(),
    token: settings.token,
    inboundDomain: settings.inboundDomain,
    live: settings.live,
  };
  deliveries.planAll();
  webhooks.wake();
  return room;
}

export async function closeMailroom(room: Mailroom): Promise<void> {
  room.deliveries.stop();
  await room.webhooks.stop();
}
