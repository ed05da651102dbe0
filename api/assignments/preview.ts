import type { AssignInput } from '#db/assignments/assign.ts';
import { previewAssignment, type AssignmentPreview } from '#db/assignments/queries-preview.ts';
import { assignmentWords, countSharedFiles } from '#db/mails/data/assignment.ts';
import { baseWords, orderTitle } from '#db/mails/data/words.ts';
import type { Em } from '#db/orm.ts';
import type { MemberActor } from '#domain/actors.ts';
import { previewPolicy } from '#domain/escalation/preview.ts';
import { renderMail, type RenderedMail } from '#templates/render.ts';
import type { z } from 'zod';
import { iso } from '../schema.ts';
import type { AssignPreview } from './schema.ts';

/** The mail word for word as it would go, with its secret links left out, and what happens if nobody answers. */
export async function presentPreview(em: Em, actor: MemberActor, input: AssignInput, context: { now: Date; publicUrl: string }): Promise<z.input<typeof AssignPreview>> {
  const preview = await previewAssignment(em, actor, input, context.now);
  const mail = preview.to ? await renderPreview(em, preview, input, context) : null;
  const recipient = preview.to ?? preview.member;
  return {
    subject: mail?.subject ?? null, text: mail?.text ?? null, html: mail?.html ?? null,
    to: recipient ? [{ name: recipient.name, email: recipient.email }] : [],
    answerBy: iso(preview.answerBy),
    plan: planOf(preview, input, context.now),
    warnings: [...preview.warnings],
  };
}

async function renderPreview(em: Em, preview: AssignmentPreview, input: AssignInput, { now, publicUrl }: { now: Date; publicUrl: string }): Promise<RenderedMail | null> {
  const { order, rules, coordinator, to, threadSubject, needsAcceptance } = preview;
  if (!to) return null;
  const { organisation, workspace } = rules;
  const { partner } = preview;
  const orderLink = `${publicUrl.replace(/\/$/, '')}${partner ? `/go/…/work-orders/${order.id}` : '/a/…'}`;
  return renderMail('assignment', to.locale, {
    ...baseWords({ organisation, workspace, coordinator, contactName: partner ? null : to.name, threadSubject, hasAccount: partner !== null, whyLink: partner ? `${publicUrl.replace(/\/$/, '')}/go/…/mails/…` : `${orderLink}/warum` }),
    ...orderTitle(order, workspace),
    ...(await assignmentWords(em, { order, workspace, organisation, needsAcceptance, message: input.message?.trim() || null })),
    fileCount: await countSharedFiles(em, order, input.sharedAttachmentIds),
    answerBy: preview.answerBy ?? now,
    orderLink, uploadLink: partner ? orderLink : `${orderLink}/dateien`,
  });
}

/** The dates of each step, reckoned as if the mail arrived now. */
function planOf(preview: AssignmentPreview, input: AssignInput, now: Date): z.input<typeof AssignPreview>['plan'] {
  if (!preview.needsAcceptance) return [];
  const { order, policy, rules } = preview;
  const { entries } = previewPolicy(policy, order.priority, now, rules.calendar, {
    isWarranty: order.isWarranty, nextFirmsLeft: input.nextFirmIds?.length ?? 0, statedAnswerBy: preview.answerBy,
  });
  return entries.flatMap((one) => (one.kind === 'step' && one.action !== 'delivered' ? [{ at: iso(one.at), action: one.action, number: one.number }] : []));
}
