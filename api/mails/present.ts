import type { InboundMail, MailEvent, OutboundMail } from '#db/mails/entity.ts';
import { isResendable } from '#db/mails/log-commands.ts';
import type { LoggedMail } from '#db/mails/log-queries.ts';
import type { CausedMail } from '#db/mails/mail-cause.ts';
import type { InboundContent } from '#db/mails/inbound-content.ts';
import type { MemberActor } from '#domain/actors.ts';
import { parseStepKey } from '#domain/escalation/plan.ts';
import { can } from '#domain/permissions.ts';
import type { Locale } from '#domain/statuses.ts';
import { fill, wordsOf } from '#domain/words/index.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import { presentOriginal } from './original.ts';
import type { MailCauseRecord, MailRecord, MailRow } from './schema.ts';

export type RowContext = {
  readonly actor: MemberActor;
  /** Of the orders, by their ids. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Companies in place of readers whom the client doesn't know, by mail. */
  readonly hidden: ReadonlyMap<string, string>;
};

/** A line of the log, whichever way the mail went. */
export function presentMailRow(logged: LoggedMail, context: RowContext): MailRow {
  return logged.direction === 'out' ? rowOut(logged.mail, context) : rowIn(logged.mail, context);
}

function rowOut(mail: OutboundMail, { actor, numbers, hidden }: RowContext): MailRow {
  const row = plain(mail);
  const company = hidden.get(mail.id);
  return {
    id: row.id, direction: 'out', template: row.template, subject: row.subject, toEmail: company === undefined ? row.toEmail : null, toName: company ?? row.toName, fromEmail: null, fromName: null,
    status: row.status, statusReason: row.statusReason, cause: row.cause, workOrderId: row.workOrderId, workOrderNumber: numberOf(row.workOrderId, numbers),
    createdAt: iso(row.createdAt), can: { resend: can(actor, 'mail_log.resend') && isResendable(mail) },
  };
}

function rowIn(mail: InboundMail, { numbers, hidden }: RowContext): MailRow {
  const row = plain(mail);
  const company = hidden.get(mail.id);
  return {
    id: row.id, direction: 'in', template: null, subject: row.subject, toEmail: row.recipient, toName: null, fromEmail: company === undefined ? row.fromEmail : null, fromName: company ?? row.fromName,
    status: row.status, statusReason: row.reason, cause: null, workOrderId: row.workOrderId, workOrderNumber: numberOf(row.workOrderId, numbers),
    createdAt: iso(row.receivedAt), can: { resend: false },
  };
}

export type MailContext = RowContext & {
  readonly locale: Locale;
  readonly events: readonly MailEvent[];
  readonly resentAs: OutboundMail | null;
  /** Of a mail in; null where it is gone. */
  readonly content: InboundContent | null;
};

/** One mail with its words; those of a mail in are cleaned. */
export async function presentMail(logged: LoggedMail, context: MailContext): Promise<MailRecord> {
  const row = presentMailRow(logged, context);
  return logged.direction === 'out' ? recordOut(logged.mail, row, context) : recordIn(logged.mail, row, context);
}

function recordOut(mail: OutboundMail, row: MailRow, { locale, events, resentAs, hidden }: MailContext): MailRecord {
  const from = plain(mail);
  const isOpen = !hidden.has(mail.id);
  return {
    ...row, why: whyOf(mail, locale), text: isOpen ? from.textBody : null, html: isOpen ? from.htmlBody : null,
    sentAt: iso(from.sentAt), deliveredAt: iso(from.deliveredAt), bouncedAt: iso(from.bouncedAt),
    attempts: from.attempts, isPossibleDuplicate: from.isPossibleDuplicate, resendOfMailId: from.resendOfMailId, resentAsMailId: resentAs?.id ?? null,
    foundBy: null, proof: null, decision: null,
    events: events.map((one) => ({ recordType: one.recordType, occurredAt: iso(one.occurredAt), detail: typeof one.data['type'] === 'string' ? one.data['type'] : null })),
  };
}

async function recordIn(mail: InboundMail, row: MailRow, { content, hidden }: MailContext): Promise<MailRecord> {
  const from = plain(mail);
  const original = hidden.has(mail.id) ? null : await presentOriginal(mail, content);
  return {
    ...row, why: null, text: original?.text ?? null, html: original?.html ?? null, sentAt: null, deliveredAt: iso(from.receivedAt), bouncedAt: null,
    attempts: 0, isPossibleDuplicate: false, resendOfMailId: null, resentAsMailId: null, foundBy: from.foundBy, proof: from.proof, decision: from.decision, events: [],
  };
}

/** What a recipient may always know of a mail: order, step and rule. `company` stands for a reader whom the client doesn't know. */
export function presentCause({ mail, order, after }: CausedMail, locale: Locale, company: string | null): MailCauseRecord {
  const { id, template, subject, toEmail, createdAt, sentAt } = plain(mail);
  return {
    id, template, subject, toEmail: company ?? toEmail, createdAt: iso(createdAt), sentAt: iso(sentAt), why: whyOf(mail, locale), after,
    isAgain: mail.resendOfMailId !== null, workOrder: order ? { id: order.id, number: order.number } : null,
  };
}

/** The event or the step of the escalation policy behind a mail, in words; else what kind of mail it is. */
function whyOf({ cause, template }: OutboundMail, locale: Locale): string {
  const words = wordsOf(locale);
  const step = parseStepKey(cause);
  const said = step ? fill(words.planned[step.action], { number: step.detail }) : fill((words.event as Readonly<Record<string, string>>)[cause] ?? '', {});
  return said || ((words.mail as Readonly<Record<string, string>>)[template] ?? cause);
}

function numberOf(workOrderId: string | null, numbers: ReadonlyMap<string, string>): string | null {
  return workOrderId ? (numbers.get(workOrderId) ?? null) : null;
}
