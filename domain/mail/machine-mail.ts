import { awayUntil, deputyEmail } from './away-note.ts';
import { type InboundFacts, domainOf, headerValue, headerValues } from './inbound-facts.ts';

export type SenderKind = 'person' | 'auto_reply' | 'out_of_office' | 'bounce' | 'read_receipt' | 'list' | 'own_loop';

export interface ClassifiedSender {
  kind: SenderKind;
  /** The sign that decided, in English, for logs and operators; names headers, never contents. */
  reason: string;
  /** Last day away as YYYY-MM-DD. */
  awayUntil?: string;
  deputyEmail?: string;
}

export interface SenderContext {
  /** Our own mails carry it as X-Loop, our reply addresses end with it. */
  inboundDomain: string;
  receivedAt: Date;
}

const AUTO_SUBJECT =
  /^\s*(?:automatische (?:antwort|r(?:ü|ue)ckantwort|abwesenheitsnotiz)|automatic reply|auto-?reply|autoresponse|automatic response|abwesenheits(?:notiz|nachricht|meldung|assistent|agent)|automatisk svar|r(?:é|e)ponse automatique|risposta automatica|respuesta autom(?:á|a)tica|automatisch antwoord)\b|^\s*(?:abwesend|abwesenheit|out of (?:the )?office|ooo|auto) ?:/iu;
const AWAY_SUBJECT = /abwesen|out of (?:the )?office|\booo\b|urlaub|away|vacation|on leave/iu;
const AWAY_TEXT =
  /(?:bin|sind|ist|befinde mich|befinden uns).{0,80}(?:nicht (?:im (?:b(?:ü|ue)ro|haus|dienst)|erreichbar|anwesend|da\b)|abwesend|au(?:ß|ss)er haus|im urlaub|in (?:eltern|mutterschutz)|erkrankt|krank)|(?:betriebs|werks)(?:ferien|urlaub)|unser (?:b(?:ü|ue)ro|betrieb) ist .{0,40}geschlossen|out of (?:the )?office|on (?:annual |parental |sick )?leave|on (?:holiday|vacation)|away from (?:my desk|the office)|limited access to (?:my )?e-?mail/iu;
const BOUNCE_SUBJECT =
  /^\s*(?:unzustellbar|undeliver(?:able|ed)|mail delivery (?:failed|subsystem|failure)|delivery (?:status notification|failure|has failed)|returned mail|failure notice|nicht zustellbar|zustellung fehlgeschlagen|(?:ihre )?nachricht (?:konnte nicht|wurde nicht) zugestellt|benachrichtigung (?:zum|über den) (?:ü|ue)bermittlungsstatus|undelivered mail)/iu;
const RECEIPT_SUBJECT = /^\s*(?:gelesen|read|lesebest(?:ä|ae)tigung|read receipt|lu|letto|le(?:í|i)do|nicht gelesen|not read)\b ?:?/iu;
const RECEIPT_TEXT = /(?:wurde am .{4,60} gelesen|was read on|dies ist eine (?:empfangs|lese)best(?:ä|ae)tigung|this is a (?:receipt|return receipt)|(?:gelöscht|deleted),? (?:ohne gelesen|without being read))/iu;
const AUTO_HEADERS = ['X-Autoreply', 'X-Auto-Reply', 'X-Autorespond', 'X-Autoresponder', 'X-Autoreply-From', 'X-Mail-Autoreply', 'X-Vacation'];

/** Who wrote a mail: a person, or which kind of machine. In doubt a person: a lost reply is worse than a comment too many. */
export function classifySender(mail: InboundFacts, context: SenderContext): ClassifiedSender {
  return loop(mail, context) ?? calendarAnswer(mail) ?? bounce(mail) ?? readReceipt(mail) ?? automatic(mail, context) ?? list(mail) ?? { kind: 'person', reason: 'no sign of a machine' };
}

function loop(mail: InboundFacts, { inboundDomain }: SenderContext): ClassifiedSender | null {
  const domain = inboundDomain.toLowerCase();
  if (headerValues(mail.headers, 'X-Loop').some((value) => value.toLowerCase() === domain)) return { kind: 'own_loop', reason: 'X-Loop is ours' };
  return domainOf(mail.from) === domain ? { kind: 'own_loop', reason: 'From is one of our reply addresses' } : null;
}

// Accepting an appointment is a person's answer, though Outlook sends it with the signs of a machine.
function calendarAnswer(mail: InboundFacts): ClassifiedSender | null {
  return hasPart(mail, /^(?:text\/calendar|application\/ics)/i) && !hasPart(mail, /^message\/(?:delivery-status|disposition-notification)/i) ? { kind: 'person', reason: 'answer to an appointment' } : null;
}

function bounce(mail: InboundFacts): ClassifiedSender | null {
  if (hasPart(mail, /^message\/(?:global-)?delivery-status/i)) return { kind: 'bounce', reason: 'part message/delivery-status' };
  if (headerValue(mail.headers, 'X-Failed-Recipients') !== '') return { kind: 'bounce', reason: 'X-Failed-Recipients' };
  const local = mail.from.split('@', 1)[0]!.toLowerCase();
  if (local === 'mailer-daemon' || local === 'mail-daemon') return { kind: 'bounce', reason: 'From is mailer-daemon' };
  const isSubject = BOUNCE_SUBJECT.test(mail.subject);
  if (local === 'postmaster' && (isSubject || isNullReturnPath(mail))) return { kind: 'bounce', reason: 'From is postmaster' };
  return isSubject && (isNullReturnPath(mail) || isAutoSubmitted(mail)) ? { kind: 'bounce', reason: 'subject and empty Return-Path' } : null;
}

function readReceipt(mail: InboundFacts): ClassifiedSender | null {
  if (hasPart(mail, /^message\/disposition-notification/i)) return { kind: 'read_receipt', reason: 'part message/disposition-notification' };
  if (!RECEIPT_SUBJECT.test(mail.subject)) return null;
  const isMachine = isNullReturnPath(mail) || isAutoSubmitted(mail);
  return isMachine || RECEIPT_TEXT.test(bodyOf(mail).slice(0, 1500)) ? { kind: 'read_receipt', reason: 'subject and text of a read receipt' } : null;
}

function automatic(mail: InboundFacts, context: SenderContext): ClassifiedSender | null {
  const reason = automaticReason(mail);
  if (reason === null) return null;
  const body = bodyOf(mail).slice(0, 4000);
  const isAway = AWAY_SUBJECT.test(mail.subject) || AWAY_TEXT.test(body.replace(/\s+/g, ' '));
  if (!isAway) return { kind: 'auto_reply', reason };
  const until = awayUntil(`${mail.subject} ${body}`, context.receivedAt);
  const deputy = deputyEmail(body, mail.from, context.inboundDomain);
  return { kind: 'out_of_office', reason, ...(until === null ? {} : { awayUntil: until }), ...(deputy === null ? {} : { deputyEmail: deputy }) };
}

function automaticReason(mail: InboundFacts): string | null {
  if (isAutoSubmitted(mail)) return 'Auto-Submitted';
  const header = AUTO_HEADERS.find((name) => !['', 'no', 'false'].includes(headerValue(mail.headers, name).toLowerCase()));
  if (header !== undefined) return header;
  const precedence = headerValue(mail.headers, 'Precedence').toLowerCase();
  if (precedence === 'auto_reply' || precedence === 'auto-reply') return 'Precedence auto_reply';
  if (isNullReturnPath(mail)) return 'empty Return-Path';
  if (AUTO_SUBJECT.test(mail.subject)) return 'subject of an automatic answer';
  const isSuppressing = /\ball\b/i.test(headerValue(mail.headers, 'X-Auto-Response-Suppress'));
  const isBulk = precedence === 'bulk' || precedence === 'junk';
  // Alone each of these is also found on mails of persons: ticket systems set them on all they send, and people write of their holidays.
  if (!isSuppressing && !isBulk) return null;
  const isAway = AWAY_SUBJECT.test(mail.subject.slice(0, 30)) || AWAY_TEXT.test(bodyOf(mail).slice(0, 600).replace(/\s+/g, ' '));
  return isSuppressing && isBulk || isAway ? 'two weak signs of an automatic answer' : null;
}

// A person's answer may come through a company's mailing list: it then refers to another mail.
function list(mail: InboundFacts): ClassifiedSender | null {
  if (headerValue(mail.headers, 'In-Reply-To') !== '' || headerValue(mail.headers, 'References') !== '') return null;
  if (headerValue(mail.headers, 'List-Id') !== '') return { kind: 'list', reason: 'List-Id' };
  const isBulk = /^(?:bulk|list|junk)$/i.test(headerValue(mail.headers, 'Precedence'));
  return isBulk && headerValue(mail.headers, 'List-Unsubscribe') !== '' ? { kind: 'list', reason: 'Precedence and List-Unsubscribe' } : null;
}

function isAutoSubmitted(mail: InboundFacts): boolean {
  const value = headerValue(mail.headers, 'Auto-Submitted').split(';', 1)[0]!.trim().toLowerCase();
  return value !== '' && value !== 'no';
}

function isNullReturnPath(mail: InboundFacts): boolean {
  return headerValues(mail.headers, 'Return-Path').some((value) => value.replace(/\s/g, '') === '<>');
}

function hasPart(mail: InboundFacts, type: RegExp): boolean {
  return mail.attachments.some((attachment) => type.test(attachment.contentType));
}

function bodyOf(mail: InboundFacts): string {
  if (mail.textBody.trim() !== '') return mail.textBody.slice(0, 20_000);
  return mail.htmlBody.slice(0, 40_000).replace(/<style[^>]*>[^<]*<\/style>/gi, ' ').replace(/<[^<>]*>/g, ' ').replaceAll('&nbsp;', ' ').replaceAll('&uuml;', 'ü').replaceAll('&auml;', 'ä').replaceAll('&ouml;', 'ö').replaceAll('&szlig;', 'ß');
}
