import type { MemberActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { linesOfHtml } from '#domain/mail/reply/html-lines.ts';
import { renderLines } from '#domain/mail/reply/lines.ts';
import { can } from '#domain/permissions.ts';
import { NO_ID } from '../columns.ts';
import { FileMissing, type FileStore } from '../files.ts';
import type { Em } from '../orm.ts';
import { findWorkOrder } from '../work-orders/load.ts';
import { InboundMail } from './entity.ts';
import { hiddenPeople, writerOf } from './hidden-people.ts';
import { readInboundContent, type InboundContent } from './inbound-content.ts';

/** A mail that came in, for whoever sees its order, or may decide what belongs to none. Throws `not_found`. */
export async function findInboundMail(em: Em, actor: MemberActor, id: string): Promise<InboundMail> {
  const mail = await em.findOne(InboundMail, { organisationId: actor.organisationId, id, isInternal: false });
  const isOfNone = mail && !mail.workOrderId && can(actor, 'to_review.read');
  if (!isOfNone) await findWorkOrder(em, actor, mail?.workOrderId ?? NO_ID);
  // What somebody signs with, a partner that doesn't show its people keeps to itself.
  const isHidden = mail !== null && (await hiddenPeople(em, actor.organisationId, [writerOf(mail)])).size > 0;
  if (!mail || isHidden) throw new DomainError('not_found', { inboundMailId: id });
  return mail;
}

/** The mail as it came; null where its original is gone or can't be read. */
export async function readOriginal(files: FileStore, mail: Pick<InboundMail, 'rawKey'>): Promise<InboundContent | null> {
  try {
    return await readInboundContent(files, mail.rawKey);
  } catch (error) {
    if (error instanceof FileMissing || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** All that the mail says, history and signature included. */
export function wholeText(content: Pick<InboundContent, 'text' | 'html'>): string {
  const text = content.text.replaceAll('\r\n', '\n').trim();
  return text || renderLines(linesOfHtml(content.html), true);
}
