// Settings of the mailbox: the environment at start, and the part that tests may change while it runs.

export interface WebhookAddress {
  url: string;
  user: string;
  password: string;
}

/** What can be changed while the mailbox runs, by `PUT /control/settings`. */
export interface LiveSettings {
  webhooks: { inbound: WebhookAddress | null; events: WebhookAddress | null };
  /** Length of one minute of the retry plan. */
  minuteMs: number;
  /** From acceptance to the Delivery event. */
  deliveryMs: number;
  /** Off: mails stay undelivered until `POST /control/mails/:id/deliver`. */
  isDeliveryAutomatic: boolean;
  /** Off: Message-ID is replaced even with X-PM-KeepID, as some people report of the real API. */
  keepsMessageId: boolean;
  /** The message search finds a mail only after this time. */
  searchDelayMs: number;
  account: 'normal' | 'pending' | 'suspended' | 'out_of_credits';
  /** Domains that may stand in From; empty allows all. */
  senderDomains: string[];
}

export interface MailboxSettings {
  dataFolder: string;
  host: string;
  port: number;
  token: string;
  /** Mail to this domain is inbound mail. */
  inboundDomain: string;
  live: LiveSettings;
}

export class SettingsError extends Error {}

/**
 * Reads the settings from the environment.
 * @throws SettingsError with one sentence for the person who started it.
 */
export function readMailboxSettings(env: Record<string, string | undefined>): MailboxSettings {
  if (env['NODE_ENV'] === 'production') {
    throw new SettingsError('The mailbox stands in for Postmark in development and refuses to start with NODE_ENV=production.');
  }
  const token = env['MAILBOX_TOKEN']?.trim();
  if (!token) {
    throw new SettingsError('MAILBOX_TOKEN is missing: name the server token that callers must send.');
  }
  return {
    dataFolder: env['MAILBOX_DATA'] || '.gewerk/mailbox',
    host: env['MAILBOX_HOST'] || '127.0.0.1',
    port: wholeNumber(env, 'MAILBOX_PORT', 4010, 65_535),
    token,
    inboundDomain: (env['INBOUND_DOMAIN'] || 'reply.gewerk.localhost').toLowerCase(),
    live: {
      ...defaultLiveSettings(),
      webhooks: { inbound: address(env, 'INBOUND'), events: address(env, 'EVENTS') },
      minuteMs: wholeNumber(env, 'MAILBOX_MINUTE_MS', 60_000),
      deliveryMs: wholeNumber(env, 'MAILBOX_DELIVERY_MS', 1_500),
    },
  };
}

export function defaultLiveSettings(): LiveSettings {
  return {
    webhooks: { inbound: null, events: null },
    minuteMs: 60_000,
    deliveryMs: 1_500,
    isDeliveryAutomatic: true,
    keepsMessageId: true,
    searchDelayMs: 0,
    account: 'normal',
    senderDomains: [],
  };
}

function wholeNumber(env: Record<string, string | undefined>, name: string, fallback: number, highest = 86_400_000): number {
  const value = env[name];
  if (value === undefined || value === '') return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > highest) {
    throw new SettingsError(`${name} must be a whole number from 0 to ${highest}, but is "${value}".`);
  }
  return number;
}

/** While a password is changed several are valid, comma separated: the first is the newest. */
function address(env: Record<string, string | undefined>, target: 'INBOUND' | 'EVENTS'): WebhookAddress | null {
  const url = env[`WEBHOOK_${target}_URL`];
  if (!url) return null;
  if (!URL.canParse(url)) throw new SettingsError(`WEBHOOK_${target}_URL is not an address: "${url}".`);
  return {
    url,
    user: env[`WEBHOOK_${target}_USER`] ?? '',
    password: (env[`WEBHOOK_${target}_PASSWORD`] ?? '').split(',')[0] ?? '',
  };
}
