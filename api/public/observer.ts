import { EventRow } from '#db/events/entity.ts';
import { changeObserver, removeObserver } from '#db/observers/commands.ts';
import { Assignment } from '#db/assignments/entity.ts';
import type { EventName } from '#domain/events.ts';
import type { NotifyChoice, WorkOrderStatus } from '#domain/statuses.ts';
import { wordsOf } from '#domain/words/index.ts';
import type { FormFault, ObserverPage, StatusLine } from '#templates/render.ts';
import { goTo, page, saidBy, type PageAnswer, type PageContext } from './context.ts';
import { emptyFault, giveMessage, messageForm, saidBefore, saysSomething } from './give-message.ts';
import { loadMessages } from './messages.ts';
import { notice } from './notices.ts';
import { speaking } from './who.ts';

const CHOICES: readonly NotifyChoice[] = ['at_once', 'daily', 'status_only'];
const ROAD: readonly WorkOrderStatus[] = ['assigned', 'accepted', 'in_progress', 'done', 'closed'];
const STATUS_EVENTS: Readonly<Partial<Record<EventName, WorkOrderStatus>>> = {
  'work_order.created': 'open', 'work_order.reopened': 'open', 'work_order.assigned': 'assigned', 'work_order.accepted': 'accepted',
  'work_order.started': 'in_progress', 'work_order.resumed': 'in_progress', 'work_order.sent_back': 'in_progress', 'work_order.held': 'waiting',
  'work_order.completed': 'done', 'work_order.closed': 'closed', 'work_order.cancelled': 'cancelled',
};

/** `GET /o/:token`: how far it is, what was said, and how many mails one wants. */
export async function observerPage(context: PageContext): Promise<PageAnswer> {
  return ended(context) ?? show(context, []);
}

/** `POST /o/:token/nachrichten`, where the client lets observers speak. */
export async function sendAsObserver(context: PageContext): Promise<PageAnswer> {
  const over = ended(context);
  if (over) return over;
  const { observer } = context.view;
  if (!observer?.canComment) return show(context, []);
  if (!saysSomething(context)) return show(context, [emptyFault(context, true)]);
  const speaker = speaking(context.actor, { contactId: null, name: observer.name ?? '' });
  if (!(await saidBefore(context))) await giveMessage(context, speaker);
  return goTo(context, '', { ok: 'message_sent' });
}

/** `POST /o/:token/mails`. */
export async function chooseMails(context: PageContext): Promise<PageAnswer> {
  const { em, view, actor, form, now } = context;
  const choice = CHOICES.find((one) => one === form.line('notify'));
  const over = ended(context);
  if (over || !view.observer || !choice) return over ?? show(context, []);
  if (choice !== view.observer.choice) await changeObserver(em, actor, { observerId: view.observer.id, choice }, now);
  return goTo(context, '', { ok: 'choice_saved' });
}

/** `POST /o/:token/abmelden`: one press, nothing more is asked. */
export async function unsubscribe(context: PageContext): Promise<PageAnswer> {
  const { em, view, actor, now } = context;
  if (!ended(context) && view.observer) await removeObserver(em, actor, { observerId: view.observer.id }, now);
  return goTo(context, '');
}

function ended({ view, base }: PageContext): PageAnswer | null {
  if (view.state === 'live' && !view.observer?.isProposed) return null;
  return notice(view.observer?.leftAt ? 'unsubscribed' : 'link_expired', base, view);
}

async function show(context: PageContext, faults: readonly FormFault[]): Promise<PageAnswer> {
  const { base, view, em, req, locale } = context;
  const { order, workspace, observer } = view;
  const working = await em.findOne(Assignment, { organisationId: order.organisationId, workOrderId: order.id, status: 'accepted', promisedFrom: { $ne: null } });
  const said = saidBy(req);
  const data: ObserverPage = {
    ...base,
    title: order.title,
    place: [workspace.shortName, order.locationText].filter(Boolean).join(', ') || null,
    status: order.status,
    waitingReason: order.waitingReason ? (order.waitingNote ?? wordsOf(locale).holdReason[order.waitingReason]) : null,
    promisedFrom: working?.promisedFrom ?? null,
    promisedTo: working?.promisedUntil ?? null,
    statusLines: await statusLines(context),
    ...(await loadMessages(context)),
    mayComment: observer?.canComment ?? false,
    form: messageForm(context, { faults, hasUpload: false }),
    notify: observer?.choice ?? 'at_once',
    notice: faults.length > 0 ? null : (['message_sent', 'choice_saved'] as const).find((one) => one === said) ?? null,
  };
  return page('observer', data, faults.length > 0 ? 422 : 200);
}

/** The road of an order, with the time each station was reached last. */
async function statusLines({ em, view }: PageContext): Promise<StatusLine[]> {
  const { order } = view;
  const where = { organisationId: order.organisationId, workOrderId: order.id, name: { $in: Object.keys(STATUS_EVENTS) } };
  const events = await em.find(EventRow, where, { orderBy: { occurredAt: 'asc', id: 'asc' } });
  const reached = new Map(events.map((one) => [STATUS_EVENTS[one.name as EventName], one.occurredAt]));
  const road = roadOf(order.status, (status) => reached.has(status));
  const now = road.indexOf(order.status);
  return road.map((status, index) => ({
    status,
    at: index <= now ? (reached.get(status) ?? null) : null,
    state: index < now ? 'past' : index === now ? 'now' : 'next',
  }));
}

function roadOf(status: WorkOrderStatus, wasReached: (status: WorkOrderStatus) => boolean): WorkOrderStatus[] {
  if (status === 'cancelled') return [...ROAD.filter((one) => one !== 'closed' && wasReached(one)), 'cancelled'];
  if (status === 'open') return ['open', ...ROAD];
  return status === 'waiting' ? ROAD.flatMap((one) => (one === 'in_progress' ? ['in_progress', 'waiting'] as const : [one])) : [...ROAD];
}
