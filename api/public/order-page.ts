import { answerByInForce } from '#db/assignments/link-view.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import { countSharedComments } from '#db/comments/shared.ts';
import { localDate } from '#domain/calendar/local-time.ts';
import { allowedSteps, type WorkOrderStep } from '#domain/transitions.ts';
import { wordsOf } from '#domain/words/index.ts';
import type { OrderPage } from '#templates/render.ts';
import { page, saidBy, type PageAnswer, type PageContext } from './context.ts';
import { dateFields } from './dates.ts';
import { notice, standing } from './notices.ts';
import { sideOf } from './side.ts';
import { masked, whoFields } from './who.ts';
import { workFacts } from './work-facts.ts';

const NOTICES: readonly string[] = ['accepted', 'date_saved', 'no_date', 'started', 'held', 'resumed', 'message_sent', 'done'] satisfies readonly OrderPage['notice'][];

/** `GET /a/:token`: the question, then the answer, then what comes next; or why there is nothing to see. */
export async function orderPage(context: PageContext): Promise<PageAnswer> {
  const { base, view } = context;
  const kind = standing(view);
  return kind ? notice(kind, base, view, { hasOrder: kind === 'closed' || kind === 'late_answer' }) : page('order', await orderData(context));
}

/** The assignment of a link that is open to work on; null where `standing` says why not. */
export function openAssignment({ view }: PageContext): Assignment | null {
  return standing(view) === null ? view.assignment : null;
}

/** The steps that the order's table would take from this firm now. */
export function stepsOf({ view }: PageContext): WorkOrderStep[] {
  return view.assignment?.status === 'accepted' ? allowedSteps(view.order.status, ['assignee']) : [];
}

async function orderData(context: PageContext): Promise<OrderPage> {
  const { base, view, req, now, em, locale } = context;
  const { order, assignment, workspace, organisation, coordinator } = view;
  if (!assignment) throw new Error('An order page without an assignment');
  const said = saidBy(req);
  const steps = stepsOf(context);
  const answerBy = assignment.status === 'offered' ? await answerByInForce(em, assignment, now) : null;
  const hold = order.waitingReason ? (order.waitingNote ?? wordsOf(locale).holdReason[order.waitingReason]) : null;
  return {
    ...base,
    work: await workFacts(context),
    phase: phaseOf(context),
    wants: assignment.needsAcceptance ? 'answer' : 'date',
    answerBy,
    isAnswerLate: answerBy !== null && now > answerBy,
    isEmergency: order.priority === 'urgent',
    onCallPhone: workspace.onCallPhone ?? organisation.onCallPhone ?? organisation.phone ?? null,
    acceptedBy: assignment.answeredByName ?? null,
    acceptedAt: assignment.needsAcceptance ? (assignment.acceptedAt ?? null) : null,
    confirmationTo: said === 'accepted' ? maskedMail(context) : null,
    waitingReason: hold,
    waitingUntil: order.waitingUntil ?? null,
    promisedFrom: assignment.promisedFrom ?? null,
    promisedTo: assignment.promisedUntil ?? null,
    notice: NOTICES.includes(said) ? (said as OrderPage['notice']) : null,
    asksWhetherDone: isDoneOverdue(context),
    dateForm: dateFields(context),
    who: whoFields(context, 'writer'),
    messageCount: await countSharedComments(em, sideOf(context)),
    coordinatorPhone: coordinator?.phone ?? organisation.phone ?? null,
    can: { start: steps.includes('start'), hold: steps.includes('hold'), resume: steps.includes('resume'), complete: steps.includes('complete') },
  };
}

function phaseOf({ view }: PageContext): OrderPage['phase'] {
  const { order, assignment } = view;
  if (assignment?.status === 'offered') return 'offered';
  if (assignment?.status === 'done' || order.status === 'done') return 'done';
  return order.status === 'in_progress' || order.status === 'waiting' ? order.status : 'accepted';
}

/** The promised time, or else the due day, has passed: the question of the evening mail stands on the page, too. */
function isDoneOverdue({ view, now }: PageContext): boolean {
  const { assignment, order, calendar } = view;
  if (assignment?.status !== 'accepted' || order.status === 'waiting') return false;
  const promised = assignment.promisedUntil ?? assignment.promisedFrom;
  return promised ? promised < now : Boolean(order.dueOn && order.dueOn < localDate(now, calendar));
}

function maskedMail({ view }: PageContext): string | null {
  const contact = view.contacts.find((one) => one.id === view.assignment?.contactId);
  return contact ? masked(contact.email) : null;
}
