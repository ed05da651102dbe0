import type { Actor, LinkActor, PartnerActor, SystemActor } from '#domain/actors.ts';
import { nextStep } from '#domain/escalation/next-step.ts';
import { answerAssignment } from '../../assignments/answer.ts';
import { assignWork } from '../../assignments/assign.ts';
import { Assignment } from '../../assignments/entity.ts';
import { takeProcessStep } from '../../assignments/process-steps.ts';
import { loadSituation } from '../../assignments/snapshot.ts';
import { handOn, withdrawAssignment } from '../../assignments/steering.ts';
import { newId } from '../../columns.ts';
import { addComment } from '../../comments/commands.ts';
import { recordEvent } from '../../events/record.ts';
import { emFor, type Em } from '../../orm.ts';
import { passOn } from '../../partnerships/pass-on.ts';
import { createWorkOrder } from '../../work-orders/commands.ts';
import type { WorkOrder } from '../../work-orders/entity.ts';
import { stepWorkOrder } from '../../work-orders/steps.ts';
import { type PartnerSide, type Stage, userOf } from './stage.ts';
import type { Story, StoryStep } from './stories.ts';

const HOUR_MS = 3_600_000;
const DELIVERED_AFTER_MS = 40_000;

type Scene = { readonly stage: Stage; readonly order: WorkOrder };

/** Plays one ticket's story by the same commands as the portal, the link and the processes, with `now` in the past. */
export async function playStory(stage: Stage, story: Story): Promise<void> {
  const at = hoursAgo(stage, story.at);
  const actor = userOf(stage, story.by);
  const due = story.dueInDays === undefined ? null : new Date(stage.now.getTime() + story.dueInDays * 24 * HOUR_MS);
  const order = await emFor(stage.orm, actor).transactional((em) => createWorkOrder(em, actor, {
    title: story.title,
    description: story.description,
    workspaceId: stage.workspaceIds[story.workspace] ?? '',
    assetId: story.asset ? (stage.assetIds[story.asset] ?? null) : null,
    locationText: story.location ?? null,
    priority: story.priority ?? 'normal',
    dueOn: due?.toISOString().slice(0, 10) ?? null,
    costLimitCents: story.costLimitCents ?? null,
    isSafetyRelevant: story.isSafetyRelevant ?? false,
    isWarranty: story.isWarranty ?? false,
    ...(story.onSite ? { onSiteName: 'Uwe Brettnach', onSitePhone: '0999 5550177', onSiteHours: 'Mo.–Fr. 7–15 Uhr', accessNote: 'Schlüssel beim Hausmeister, Leiter bis 4 m im Keller' } : {}),
  }, at));
  for (const step of story.steps) {
    await letTimePass({ stage, order }, hoursAgo(stage, step.at));
    await playStep({ stage, order }, step);
  }
  await letTimePass({ stage, order }, stage.now);
}

async function playStep(scene: Scene, step: StoryStep): Promise<void> {
  const { stage, order } = scene;
  const now = hoursAgo(stage, step.at);
  const workOrderId = order.id;
  if (step.do === 'assign') return assignFirm(scene, step, now);
  if (step.do === 'soft_yes') return saySoftYes(scene, step.words, now);
  const current = await currentAssignment(scene);
  const actor = actorOf(scene, step, current);
  const door = 'door' in step && actor.kind !== 'partner' ? step.door : undefined;
  await emFor(stage.orm, actor).transactional(async (em) => {
    switch (step.do) {
      case 'assign_member':
        return assignWork(em, actor, { workOrderId, memberUserId: userOf(stage, step.member).userId }, now);
      case 'accept':
      case 'decline':
        return answerAssignment(em, actor, {
          assignmentId: current?.id ?? '', step: step.do, contactId: current?.contactId ?? null, door, reason: step.reason,
          promisedFrom: step.promisedInHours ? new Date(now.getTime() + step.promisedInHours * HOUR_MS) : null,
        }, now);
      case 'start':
      case 'complete':
      case 'close':
        return stepWorkOrder(em, actor, { workOrderId, step: step.do, door }, now);
      case 'hold':
        return stepWorkOrder(em, actor, { workOrderId, step: 'hold', waitingReason: step.reason }, now);
      case 'send_back':
      case 'cancel':
        return stepWorkOrder(em, actor, { workOrderId, step: step.do, reason: step.words }, now);
      case 'withdraw':
        return withdrawAssignment(em, actor, { assignmentId: current?.id ?? '', reason: 'no_longer_needed' }, now);
      case 'hand_on':
        return handOn(em, actor, { assignmentId: current?.id ?? '' }, now);
      case 'pass_on':
        return passOn(em, asPartner(actor), { assignmentId: current?.id ?? '', memberUserId: personOf(scene, current, step.person).userId, ownReference: step.ownReference }, now);
      case 'say':
        return addComment(em, actor, { workOrderId, visibility: step.internal ? 'internal' : 'shared', body: step.words, door: step.phone ? 'phone' : door }, now);
    }
  });
}

/** Who makes a step: somebody of the client, the firm through its link, or somebody of a partner in the client's account. */
function actorOf(scene: Scene, step: Exclude<StoryStep, { do: 'soft_yes' }>, current: Assignment | null): Actor {
  const { stage, order } = scene;
  const isFirm = step.by === 'firm';
  if (isFirm && 'door' in step && step.door === 'phone') return userOf(stage, 'jana');
  if (isFirm && current?.partnershipId) return sideOf(scene, current).office;
  if (isFirm && current) return linkOf(stage, order, current);
  return step.by in stage.users ? userOf(stage, step.by) : personOf(scene, current, step.by);
}

function sideOf({ stage }: Scene, current: Assignment | null): PartnerSide {
  const side = stage.partners.find((one) => one.partnershipId === current?.partnershipId);
  if (!side) throw new Error('The order is not with a partner of the demo');
  return side;
}

function personOf(scene: Scene, current: Assignment | null, key: string): PartnerActor {
  const person = sideOf(scene, current).people[key];
  if (!person) throw new Error(`The demo has nobody called ${key}`);
  return person;
}

function asPartner(actor: Actor): PartnerActor {
  if (actor.kind !== 'partner') throw new Error('Only a partner passes work on');
  return actor;
}

async function assignFirm(scene: Scene, step: Extract<StoryStep, { do: 'assign' }>, now: Date): Promise<void> {
  const { stage, order } = scene;
  const actor = userOf(stage, step.by);
  await emFor(stage.orm, actor).transactional(async (em) => {
    const assignment = await assignWork(em, actor, {
      workOrderId: order.id, firmId: stage.firmIds[step.firm] ?? '', message: step.message ?? null,
      nextFirmIds: (step.next ?? []).flatMap((key) => stage.firmIds[key] ?? []),
    }, now);
    assignment.sentAt = new Date(now.getTime() + DELIVERED_AFTER_MS / 2);
    assignment.deliveredAt = new Date(now.getTime() + DELIVERED_AFTER_MS);
  });
}

/** "passt" is no agreed word: it becomes a message with a proposal that a coordinator takes or leaves. */
async function saySoftYes(scene: Scene, words: string, now: Date): Promise<void> {
  const current = await currentAssignment(scene);
  if (!current) return;
  const actor = linkOf(scene.stage, scene.order, current);
  await emFor(scene.stage.orm, actor).transactional(async (em) => {
    const comment = await addComment(em, actor, { workOrderId: scene.order.id, visibility: 'shared', body: words, door: 'mail' }, now);
    const assignment = await em.findOneOrFail(Assignment, { id: current.id });
    assignment.proposedAnswer = { step: 'accept', why: 'soft_word', commentId: comment.id, contactId: current.contactId ?? null, byName: null, at: now.toISOString() };
    await recordEvent(em, actor, { name: 'assignment.answer_proposed', organisationId: scene.stage.organisationId, workOrder: scene.order, assignmentId: current.id, door: 'mail' }, now);
  });
}

/** What the process would have done by itself until then: reminders and escalations at their times. */
async function letTimePass(scene: Scene, until: Date): Promise<void> {
  const { stage } = scene;
  const current = await currentAssignment(scene);
  if (!current) return;
  const actor: SystemActor = { kind: 'system', organisationId: stage.organisationId, process: `assignment:${current.id}` };
  let now = current.offeredAt;
  while (now <= until) {
    const moment = now;
    const next = await emFor(stage.orm, actor).transactional((em) => passMoment(em, actor, current.id, moment));
    if (!next || next > until) return;
    now = next;
  }
}

async function passMoment(em: Em, actor: SystemActor, assignmentId: string, now: Date): Promise<Date | null> {
  const situation = await loadSituation(em, assignmentId);
  if (!situation) return null;
  const plan = nextStep(situation.snapshot, situation.policy, situation.calendar, now);
  for (const step of plan.due) await takeProcessStep(em, actor, assignmentId, step, now);
  if (plan.due.length > 0) return new Date(now.getTime() + 1);
  return plan.next?.at ?? null;
}

async function currentAssignment({ stage, order }: Scene): Promise<Assignment | null> {
  const actor: SystemActor = { kind: 'system', organisationId: stage.organisationId, process: 'demo' };
  const em = emFor(stage.orm, actor);
  return em.findOne(Assignment, { organisationId: stage.organisationId, workOrderId: order.id }, { orderBy: { offeredAt: 'desc' } });
}

function linkOf(stage: Stage, order: WorkOrder, assignment: Assignment): LinkActor {
  return { kind: 'link', organisationId: stage.organisationId, workOrderId: order.id, linkId: newId(), assignmentId: assignment.id, observerId: null, contactId: assignment.contactId ?? null, otherName: null };
}

function hoursAgo(stage: Stage, hours: number): Date {
  return new Date(stage.now.getTime() - hours * HOUR_MS);
}
