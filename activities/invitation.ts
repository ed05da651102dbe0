import { LockMode } from '@mikro-orm/postgresql';
import { isMailPaused } from '#db/mails/sending.ts';
import { Organisation } from '#db/organisations/entity.ts';
import type { Em } from '#db/orm.ts';
import { lockBoundOrders } from '#db/partnerships/ending-orders.ts';
import { Partnership } from '#db/partnerships/entity.ts';
import { invitationSnapshot, takeInvitationStep } from '#db/partnerships/invitation-process.ts';
import { saveProcess } from '#db/processes/commands.ts';
import { nextInvitationStep, type InvitationAction, type InvitationPlan, type InvitationWait } from '#domain/invitation/next-step.ts';
import { workflowIdOf } from '#domain/processes.ts';
import type { Settings } from '#domain/settings.ts';
import type { Position, ProcessInput } from '#workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { inOrganisation } from './organisation-em.ts';
import { ended, gone, partnershipUrl, waiting } from './position.ts';

/** What the process of an invitation does: remind twice, let it expire, see that it was answered; and end on its day what came of it. */
export function invitationActivities(deps: ActivityDeps) {
  return {
    advanceInvitation: async (input: ProcessInput, now: string): Promise<Position> =>
      inOrganisation(deps, input.organisationId, async (em) => {
        const [id = ''] = input.ids;
        const at = new Date(now);
        const own = { organisationId: input.organisationId ?? '', id };
        const known = await em.findOne(Partnership, own);
        if (known?.endsOn) await lockBoundOrders(em, known);
        const partnership = await em.findOne(Partnership, own, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
        if (!partnership) return gone();
        const position = positionOf(await advance(em, partnership, at), partnership, deps.settings);
        await em.flush();
        await saveProcess(em, {
          workflowId: workflowIdOf('invitation', id), organisationId: partnership.organisationId, kind: 'invitation', workOrderId: null, workOrderNumber: null,
          subjectId: id, step: position.status, nextDueAt: position.nextAt ? new Date(position.nextAt) : null, nextAction: position.nextStep,
          level: position.level, needsAttention: position.needsAttention, attentionReason: position.needsAttention ? position.status : null, isEnded: position.isEnded,
        }, at);
        return position;
      }),
  };
}

/** Takes what is due, and says what comes then: asked again, as a step changes what is left. */
async function advance(em: Em, partnership: Partnership, now: Date): Promise<InvitationPlan> {
  const organisation = await em.findOneOrFail(Organisation, { id: partnership.organisationId }, { refresh: true });
  const isPaused = await isMailPaused(em, organisation);
  const look = async (): Promise<InvitationPlan> => nextInvitationStep(await invitationSnapshot(em, partnership, isPaused), organisation, now);
  const plan = await look();
  if (!plan.due) return plan;
  await takeInvitationStep(em, partnership, plan.due, now);
  return look();
}

const SUMMARIES: Readonly<Record<InvitationWait, string>> = {
  answer: 'waits for the answer to an invitation',
  other_address: 'waits for the inviter to confirm another address',
  bounced: 'did not arrive; waits for the inviter',
  paused: 'outgoing mail is paused by an operator',
  last_day: 'waits for the last day of a partnership',
  last_orders: 'waits for the last orders of a partnership to be finished',
  nothing: 'was answered or has ended',
};
const NEXT: Readonly<Record<InvitationAction, string>> = { remind: 'remind', last_reminder: 'remind for the last time', expire: 'let the invitation expire', end: 'end the partnership', close: 'close the partnership' };

function positionOf(plan: InvitationPlan, partnership: Partnership, settings: Settings): Position {
  const details = `[Invitation in the portal](${partnershipUrl(settings, partnership)})\n\nRound ${partnership.round}, valid until ${partnership.validUntil.toISOString()}.`;
  const level = (partnership.remindedAt ? 1 : 0) + (partnership.lastRemindedAt ? 1 : 0);
  if (plan.isEnded) return ended(partnership.status, `the invitation is ${partnership.status}`, { level, details });
  const until = plan.next ? { at: plan.next.at, step: NEXT[plan.next.action] } : null;
  const needsAttention = plan.waitsFor === 'bounced' || plan.waitsFor === 'other_address';
  return waiting(plan.waitsFor, SUMMARIES[plan.waitsFor], until, { level, details, needsAttention });
}
