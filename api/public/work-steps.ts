import { newId } from '#db/columns.ts';
import { stepWorkOrder } from '#db/work-orders/steps.ts';
import { localDate } from '#domain/calendar/local-time.ts';
import { HOLD_REASONS, type HoldReason } from '#domain/statuses.ts';
import type { WorkOrderStep } from '#domain/transitions.ts';
import type { FileResult, FormFault } from '#templates/render.ts';
import { goTo, page, type PageAnswer, type PageContext } from './context.ts';
import { isDay } from './dates.ts';
import { giveMessage, refusedResults, saidBefore, saysSomething, uploadFields } from './give-message.ts';
import { notice, standing } from './notices.ts';
import { orderPage, stepsOf } from './order-page.ts';
import { readWho, speaking, whoFields } from './who.ts';
import { workFacts } from './work-facts.ts';

type ShowForm = (context: PageContext, faults: readonly FormFault[]) => Promise<PageAnswer>;

/** `GET` of a step's form; a step that is not to be made any more leads to the page that says why. */
function formPage(steps: readonly WorkOrderStep[], show: ShowForm) {
  return async (context: PageContext): Promise<PageAnswer> => {
    if (standing(context.view)) return orderPage(context);
    return steps.some((step) => stepsOf(context).includes(step)) ? show(context, []) : goTo(context, '');
  };
}

/** A step pressed twice is made once; one that meanwhile is impossible is told, and where things stand. */
function outOfTurn(context: PageContext, isMade: boolean, ok: string): PageAnswer {
  return isMade ? goTo(context, '', { ok }) : notice('error', context.base, context.view, { status: 409, hasOrder: true });
}

/** `GET /a/:token/beginn`: work starts, or goes on. Who says so is asked: a machine that posts forms must not start work. */
export const startPage = formPage(['start', 'resume'], startForm);

export async function start(context: PageContext): Promise<PageAnswer> {
  const { em, view, actor, now } = context;
  if (standing(view)) return orderPage(context);
  const step = stepsOf(context).find((one) => one === 'start' || one === 'resume');
  if (!step) return outOfTurn(context, view.order.status === 'in_progress', 'started');
  const { speaker, faults } = readWho(context);
  if (!speaker) return startForm(context, faults);
  await stepWorkOrder(em, speaking(actor, speaker), { workOrderId: view.order.id, step }, now);
  return goTo(context, '', { ok: step === 'start' ? 'started' : 'resumed' });
}

/** `GET /a/:token/pause`. */
export const holdPage = formPage(['hold'], holdForm);

export async function hold(context: PageContext): Promise<PageAnswer> {
  const { em, view, actor, now, form } = context;
  if (standing(view)) return orderPage(context);
  const { reason, note } = holdReasonOf(context);
  if (!stepsOf(context).includes('hold')) return outOfTurn(context, view.order.status === 'waiting' && view.order.waitingReason === reason, 'held');
  const { speaker, faults: whoFaults } = readWho(context);
  const faults = [...holdFaults(context), ...whoFaults];
  if (!speaker || !reason || faults.length > 0) return holdForm(context, faults);
  const input = { workOrderId: view.order.id, step: 'hold', waitingReason: reason, reason: note, waitingUntil: form.line('until') || null } as const;
  await stepWorkOrder(em, speaking(actor, speaker), input, now);
  return goTo(context, '', { ok: 'held' });
}

/** `GET /a/:token/erledigt`. */
export const donePage = formPage(['complete'], (context, faults) => doneForm(context, faults, []));

/** Files and remark become one message, then the work is reported as done. */
export async function complete(context: PageContext): Promise<PageAnswer> {
  const { em, view, actor, now, form } = context;
  if (standing(view)) return orderPage(context);
  if (!stepsOf(context).includes('complete')) return { ...outOfTurn(context, view.assignment?.status === 'done', 'done'), keepsFiles: false };
  const { speaker, faults } = readWho(context);
  const onlyRefused = form.refused.length > 0 && !saysSomething(context);
  if (!speaker || onlyRefused) {
    const missing: FormFault[] = onlyRefused ? [{ field: 'files', word: 'chooseFile' }] : [];
    return doneForm(context, [...missing, ...faults], refusedResults(form.refused));
  }
  const said = saysSomething(context) && !(await saidBefore(context)) ? await giveMessage(context, speaking(actor, speaker)) : null;
  await em.flush();
  await stepWorkOrder(em, speaking(actor, speaker), { workOrderId: view.order.id, step: 'complete' }, now);
  // The conversation's page can say which file was not saved.
  return said && form.refused.length > 0 ? goTo(context, 'nachrichten', { ok: 'message_sent', message: said.id }) : goTo(context, '', { ok: 'done' });
}

function holdReasonOf({ form }: PageContext): { readonly reason: HoldReason | null; readonly note: string | null } {
  const note = form.line('otherReason', 500);
  const reason = HOLD_REASONS.find((one) => one === form.line('reason')) ?? (note ? 'other' : null);
  return { reason, note: reason === 'other' ? note : null };
}

function holdFaults(context: PageContext): FormFault[] {
  const { form, now, view } = context;
  const { reason, note } = holdReasonOf(context);
  const until = form.line('until');
  const faults: FormFault[] = [];
  if (!reason) faults.push({ field: 'reason', word: 'chooseReason' });
  if (reason === 'other' && !note) faults.push({ field: 'otherReason', word: 'chooseReason' });
  if (until && !isDay(until)) faults.push({ field: 'until', word: 'chooseDay' });
  else if (until && until < localDate(now, view.calendar)) faults.push({ field: 'until', word: 'dayInPast' });
  return faults;
}

async function startForm(context: PageContext, faults: readonly FormFault[]): Promise<PageAnswer> {
  return page('start', { ...(await stepData(context, faults, 'nobody')), isResuming: context.view.order.status === 'waiting' }, statusOf(faults));
}

async function holdForm(context: PageContext, faults: readonly FormFault[]): Promise<PageAnswer> {
  const { form, now, view } = context;
  const { reason } = holdReasonOf(context);
  const data = { ...(await stepData(context, faults, 'writer')), reason, otherReason: form.line('otherReason', 500), until: form.line('until'), earliest: localDate(now, view.calendar) };
  return page('hold', data, statusOf(faults));
}

async function doneForm(context: PageContext, faults: readonly FormFault[], results: readonly FileResult[]): Promise<PageAnswer> {
  const data = { ...(await stepData(context, faults, 'nobody')), text: context.form.text('text'), upload: uploadFields(context, results) };
  return page('done', data, statusOf(faults));
}

async function stepData(context: PageContext, faults: readonly FormFault[], known: 'nobody' | 'writer') {
  return { ...context.base, work: await workFacts(context), who: whoFields(context, known), faults, idempotencyKey: newId() };
}

function statusOf(faults: readonly FormFault[]): number {
  return faults.length > 0 ? 422 : 200;
}
