import type { MailActor, PartnerActor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import type { CommandStep, MailCommand } from '#domain/mail/command-words.ts';
import type { Trust } from '#domain/mail/matching.ts';
import { answerAssignment } from '../assignments/answer.ts';
import { Assignment, type ProposedAnswer } from '../assignments/entity.ts';
import { mailContractor } from '../assignments/mails.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import type { WorkOrder } from '../work-orders/entity.ts';
import { stepWorkOrder } from '../work-orders/steps.ts';

/** What a command word led to. */
export type StepResult = 'none' | 'applied' | 'proposed' | 'refused';

export type CommandByMail = {
  readonly actor: MailActor | PartnerActor;
  /** The one that the sender answers for. */
  readonly assignmentId: string | null;
  /** Who answers, in the words of the mail or of the directory. */
  readonly byName: string;
  readonly order: WorkOrder;
  readonly command: MailCommand;
  readonly trust: Trust;
  readonly isFoundByNumber: boolean;
  readonly commentId: string | null;
};

const STEP_OF: Readonly<Record<CommandStep, ProposedAnswer['step']>> = { accept: 'accept', decline: 'decline', start: 'start', done: 'complete' };

/** Makes the step that a reply names, or proposes it where the sender is not proved or the word was soft; a refusal is answered kindly. */
export async function stepFromMail(em: Em, input: CommandByMail, now: Date): Promise<StepResult> {
  const { order, command, trust, assignmentId } = input;
  const assignment = assignmentId ? await em.findOne(Assignment, { organisationId: order.organisationId, id: assignmentId }, { refresh: true }) : null;
  if (!assignment) return 'none';
  if (command.kind === 'soft') {
    return assignment.status === 'offered' ? propose(em, input, assignment, 'accept', 'soft_word', now) : 'none';
  }
  const step = STEP_OF[command.step];
  if (trust !== 'comment_and_step') {
    const isPossible = step === 'accept' || step === 'decline' ? assignment.status === 'offered' : assignment.status === 'accepted';
    return isPossible ? propose(em, input, assignment, step, input.isFoundByNumber ? 'found_by_number' : 'unproven_sender', now) : 'none';
  }
  try {
    await makeStep(em, input, assignment, step, now);
    return 'applied';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await refuse(em, input, assignment, { step, error }, now);
    return 'refused';
  }
}

async function makeStep(em: Em, { actor, order, command, byName }: CommandByMail, assignment: Assignment, step: ProposedAnswer['step'], now: Date): Promise<void> {
  if (step === 'accept' || step === 'decline') {
    const note = command.kind === 'step' ? (command.reason ?? null) : null;
    await answerAssignment(em, actor, {
      assignmentId: assignment.id, step, contactId: contactIdOf(actor), byName, door: 'mail',
      ...(step === 'decline' && note ? { reason: 'other' as const, note: note.slice(0, 2000) } : {}),
    }, now);
    return;
  }
  // Whoever no longer has the work, or never took it, can't report on it.
  if (assignment.status !== 'accepted' && assignment.status !== 'done') throw new DomainError('step_not_allowed', { step, status: assignment.status });
  await stepWorkOrder(em, actor, { workOrderId: order.id, step, door: 'mail', onBehalfOfContactId: contactIdOf(actor) }, now);
}

async function propose(em: Em, input: CommandByMail, assignment: Assignment, step: ProposedAnswer['step'], why: ProposedAnswer['why'], now: Date): Promise<StepResult> {
  const { actor, order, byName } = input;
  const contactId = contactIdOf(actor);
  const userId = actor.kind === 'partner' ? actor.userId : null;
  // What a known contact said is not put aside by somebody whom nothing proves.
  if ((assignment.proposedAnswer?.contactId ?? assignment.proposedAnswer?.userId) && !contactId && !userId) return 'none';
  assignment.proposedAnswer = { step, why, commentId: input.commentId, contactId, userId, byName, at: now.toISOString() };
  await recordEvent(em, actor, {
    name: 'assignment.answer_proposed', organisationId: order.organisationId, workOrder: order, assignmentId: assignment.id,
    data: { step, why, commentId: input.commentId, firmId: assignment.firmId ?? null },
  }, now);
  return 'proposed';
}

function contactIdOf(actor: MailActor | PartnerActor): string | null {
  return actor.kind === 'mail' ? actor.contactId : null;
}

type Refusal = { readonly step: ProposedAnswer['step']; readonly error: DomainError };

async function refuse(em: Em, { actor, order }: CommandByMail, assignment: Assignment, { step, error }: Refusal, now: Date): Promise<void> {
  const parameters = { cause: isGivingBack(actor, step, assignment, error) ? 'accepted_already' : causeOf(error, order, assignment), answeredBy: error.details['answeredBy'] ?? null, answeredAt: error.details['answeredAt'] ?? null };
  await mailContractor(em, order, assignment, { template: 'step-refused', cause: `refused.${error.code}`, parameters, onlyUserId: actor.kind === 'partner' ? actor.userId : null }, now);
}

/** Whoever said yes, and everybody of a partner, is told how accepted work is given back: never by a word in a mail. */
function isGivingBack(actor: CommandByMail['actor'], step: ProposedAnswer['step'], { status }: Assignment, { code }: DomainError): boolean {
  return step === 'decline' && status === 'accepted' && (actor.kind === 'partner' || code === 'step_not_allowed');
}

function causeOf(error: DomainError, order: WorkOrder, assignment: Assignment): string {
  if (order.status === 'closed') return 'closed';
  if (error.code === 'given_elsewhere') return 'given_to_other';
  if (error.code === 'answered_by_colleague') return 'answered_by_colleague';
  const isOver = ['withdrawn', 'cancelled', 'expired', 'superseded'].includes(assignment.status);
  if (isOver) return assignment.withdrawReason === 'given_to_other' ? 'given_to_other' : 'no_longer_needed';
  return 'not_possible';
}
