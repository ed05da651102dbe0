import type { InboundMail } from '#db/mails/entity.ts';
import type { InboundContent } from '#db/mails/inbound-content.ts';
import type { Suggested } from '#db/mails/review-queries.ts';
import type { MemberActor } from '#domain/actors.ts';
import type { ExtractedReply } from '#domain/mail/extract-reply.ts';
import { can } from '#domain/permissions.ts';
import { presentOriginal } from '../mails/original.ts';
import { plain } from '../present.ts';
import { iso } from '../schema.ts';
import { assigneeName } from '../work-orders/present-row.ts';
import type { HeldMailRecord, HeldMailRow } from './schema.ts';

/** A mail that waits for a decision. */
export function presentHeldRow(mail: InboundMail, actor: MemberActor, suggested: Suggested): HeldMailRow {
  const row = plain(mail);
  return {
    id: row.id, fromName: row.fromName, fromEmail: row.fromEmail, subject: row.subject, receivedAt: iso(row.receivedAt), reason: row.reason, proof: row.proof,
    suggestion: suggestionOf(mail, suggested),
    can: { decide: mail.status === 'held' && can(actor, 'to_review.decide') },
  };
}

/** The same with its original beside what it would become. */
export async function presentHeld(mail: InboundMail, actor: MemberActor, read: { suggested: Suggested; content: InboundContent | null; reply: ExtractedReply | null }): Promise<HeldMailRecord> {
  const original = await presentOriginal(mail, read.content);
  return {
    ...presentHeldRow(mail, actor, read.suggested),
    visible: read.reply?.visible ?? '', cutLines: read.reply?.cutLines ?? 0,
    original, attachments: original.attachments,
    decision: mail.status === 'held' ? null : (mail.decision ?? mail.status), decidedAt: iso(mail.decidedAt ?? null),
  };
}

/** null where there is none, or its order is not for these eyes. */
function suggestionOf({ suggestion }: InboundMail, suggested: Suggested): HeldMailRow['suggestion'] {
  const order = suggestion ? suggested.orders.get(suggestion.workOrderId) : undefined;
  if (!suggestion || !order) return null;
  const assignment = suggestion.assignmentId ? suggested.assignments.get(suggestion.assignmentId) : undefined;
  return {
    workOrder: { id: order.id, number: order.number, title: order.title, status: order.status, workspaceName: suggested.workspaceNames.get(order.workspaceId) ?? '' },
    assignment: assignment ? { id: assignment.id, status: assignment.status, assigneeName: assigneeName(assignment, suggested.people) } : null,
    fits: [...suggestion.fits], doesNotFit: [...suggestion.doesNotFit],
  };
}
