import { Errors, Models, ServerClient } from 'postmark';
import type { Settings } from '#domain/settings.ts';

/** A mail as it goes to the provider. */
export type Letter = {
  readonly mailId: string;
  readonly organisationId: string | null;
  readonly from: string;
  readonly to: string;
  readonly replyTo: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly tag: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
};

/**
 * What became of handing a mail over. `unsent`: certainly not taken, try again. `refused`: final.
 * `unclear`: nobody knows; ask by metadata before trying again.
 */
export type SendAnswer =
  | { readonly kind: 'sent'; readonly providerId: string; readonly at: Date | null }
  | { readonly kind: 'refused'; readonly reason: string; readonly isInactive: boolean }
  | { readonly kind: 'unsent'; readonly reason: string; readonly retryAfterMs: number | null; readonly needsAttention: boolean }
  | { readonly kind: 'unclear'; readonly reason: string };

export type Postmark = {
  send(letter: Letter): Promise<SendAnswer>;
  /** Whether the provider has taken a mail of ours; null when it knows none. Throws when it can't be asked. */
  find(mailId: string): Promise<{ readonly providerId: string; readonly at: Date | null } | null>;
};

const TIMEOUT_SECONDS = 10;
/** Failures before a connection stood: the provider can't have heard of the mail. */
const NEVER_CONNECTED = [
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID',
];
/** The account is the trouble, not the mail: it waits until somebody has put that right. */
const ACCOUNT_TROUBLE: Readonly<Record<number, string>> = {
  10: 'provider_token_invalid', 400: 'sender_not_confirmed', 401: 'sender_not_confirmed', 405: 'provider_credits_used_up',
  412: 'provider_account_pending', 413: 'provider_account_blocked', 1235: 'provider_stream_missing', 1236: 'provider_stream_missing',
};

/** The provider's client; the only place from which mail leaves. */
export function openPostmark(settings: Pick<Settings, 'POSTMARK_API_URL' | 'POSTMARK_SERVER_TOKEN'>): Postmark {
  return {
    send: async (letter) => {
      const watch = watchedFetch();
      const client = clientFor(settings, watch.fetch);
      try {
        return readAnswer(await client.sendEmail(toMessage(letter)));
      } catch (error) {
        return readFailure(error, watch.seen());
      }
    },
    find: async (mailId) => {
      const client = clientFor(settings, fetch);
      const found = await client.getOutboundMessages({ count: 1, offset: 0, metadata_mail_id: mailId });
      const message = found.Messages[0];
      return message ? { providerId: message.MessageID, at: dateOf(message.ReceivedAt) } : null;
    },
  };
}

function clientFor(settings: Pick<Settings, 'POSTMARK_API_URL' | 'POSTMARK_SERVER_TOKEN'>, fetcher: typeof fetch): ServerClient {
  const url = new URL(settings.POSTMARK_API_URL);
  const requestHost = `${url.host}${url.pathname.replace(/\/$/, '')}`;
  return new ServerClient(settings.POSTMARK_SERVER_TOKEN, {
    requestHost, useHttps: url.protocol === 'https:', timeout: TIMEOUT_SECONDS, fetch: fetcher,
  });
}

function toMessage(letter: Letter): Models.Message {
  return {
    From: letter.from,
    To: letter.to,
    Subject: letter.subject,
    TextBody: letter.text,
    HtmlBody: letter.html,
    Tag: letter.tag,
    MessageStream: 'outbound',
    // Opens are not measured, and rewritten links would carry our secret ones past a third party.
    TrackOpens: false,
    TrackLinks: Models.LinkTrackingOptions.None,
    Metadata: { mail_id: letter.mailId, ...(letter.organisationId ? { organisation_id: letter.organisationId } : {}) },
    Headers: letter.headers.map(({ name, value }) => ({ Name: name, Value: value })),
    ...(letter.replyTo ? { ReplyTo: letter.replyTo } : {}),
  };
}

function readAnswer(answer: Models.MessageSendingResponse): SendAnswer {
  // A 2xx that is not the provider's JSON came from something in between: the mail may or may not be on its way.
  if (typeof answer !== 'object' || answer === null || typeof answer.ErrorCode !== 'number') return { kind: 'unclear', reason: 'provider_answer_unreadable' };
  if (answer.ErrorCode !== 0) return refused(answer.ErrorCode);
  return answer.MessageID ? { kind: 'sent', providerId: answer.MessageID, at: dateOf(answer.SubmittedAt) } : { kind: 'unclear', reason: 'provider_answer_unreadable' };
}

function dateOf(text: string | undefined): Date | null {
  const at = new Date(text ?? '');
  return Number.isNaN(at.getTime()) ? null : at;
}

type Seen = { readonly neverConnected: boolean; readonly retryAfterMs: number | null };

/** Sees what the client does not pass on: why a connection failed, and how long to wait. */
function watchedFetch(): { readonly fetch: typeof fetch; readonly seen: () => Seen } {
  let seen: Seen = { neverConnected: false, retryAfterMs: null };
  const watched: typeof fetch = async (input, init) => {
    try {
      const response = await fetch(input, init);
      const seconds = Number(response.headers.get('retry-after'));
      if (seconds > 0) seen = { neverConnected: false, retryAfterMs: Math.min(seconds, 3600) * 1000 };
      return response;
    } catch (error) {
      const { code } = ((error as Error).cause ?? {}) as { code?: string };
      seen = { neverConnected: code !== undefined && NEVER_CONNECTED.includes(code), retryAfterMs: null };
      throw error;
    }
  };
  return { fetch: watched, seen: () => seen };
}

function readFailure(error: unknown, seen: Seen): SendAnswer {
  if (!(error instanceof Errors.PostmarkError)) return { kind: 'unclear', reason: 'client_failed' };
  const { statusCode, code } = error;
  if (statusCode === 0) return seen.neverConnected ? unsent('provider_unreachable', seen) : { kind: 'unclear', reason: 'provider_silent' };
  if (statusCode === 429) return unsent('provider_rate', seen);
  if (statusCode === 503 && code === 100) return unsent('provider_maintenance', seen);
  if (statusCode >= 500) return { kind: 'unclear', reason: 'provider_failed' };
  if (statusCode === 401) return unsent('provider_token_invalid', seen, true);
  const trouble = ACCOUNT_TROUBLE[code];
  if (trouble) return unsent(trouble, seen, true);
  // A bare 403 or 407 stems from a network filter on the way, not from the provider.
  if ((statusCode === 403 || statusCode === 407) && !code) return unsent('network_filter', seen, true);
  if (statusCode === 413 && !code) return { kind: 'refused', reason: 'too_large', isInactive: false };
  return refused(code);
}

function unsent(reason: string, seen: Seen, needsAttention = false): SendAnswer {
  return { kind: 'unsent', reason, retryAfterMs: seen.retryAfterMs, needsAttention };
}

function refused(code: number): SendAnswer {
  const reasons: Readonly<Record<number, string>> = { 300: 'address_invalid', 406: 'inactive_recipient', 411: 'file_type_forbidden' };
  return { kind: 'refused', reason: reasons[code] ?? `provider_code_${code}`, isInactive: code === 406 };
}
