import { answerAssignment } from '#db/assignments/answer.ts';
import { newId } from '#db/columns.ts';
import { DomainError } from '#domain/errors.ts';
import { DECLINE_REASONS, type DeclineReason } from '#domain/statuses.ts';
import type { FormFault } from '#templates/render.ts';
import { goTo, page, type PageAnswer, type PageContext } from './context.ts';
import { notice, standing } from './notices.ts';
import { openAssignment, orderPage } from './order-page.ts';
import { readWho, speaking, whoFields } from './who.ts';
import { workFacts } from './work-facts.ts';

/** `GET /a/:token/annehmen`: who answers? */
export async function acceptPage(context: PageContext): Promise<PageAnswer> {
  return isAsked(context) ? acceptForm(context, []) : orderPageOr(context);
}

/** `POST /a/:token/annehmen`: safe to repeat; a colleague who comes too late is told by whom and when. */
export async function accept(context: PageContext): Promise<PageAnswer> {
  const { view } = context;
  const blocked = standing(view);
  if (blocked || !view.assignment) return orderPage(context);
  const { speaker, faults } = readWho(context);
  if (!speaker) return acceptForm(context, faults);
  const outcome = await answered(context, () => answerAssignment(context.em, speaking(context.actor, speaker), {
    assignmentId: view.assignment?.id ?? '', step: 'accept', contactId: speaker.contactId, byName: speaker.name,
  }, context.now));
  if (typeof outcome !== 'string') return outcome;
  return goTo(context, '', outcome === 'forwarded' ? {} : { ok: 'accepted' });
}

/** `GET /a/:token/ablehnen`. */
export async function declinePage(context: PageContext): Promise<PageAnswer> {
  return isAsked(context) ? declineForm(context, []) : orderPageOr(context);
}

/** `POST /a/:token/ablehnen`: the reason may be missing, the name may not. */
export async function decline(context: PageContext): Promise<PageAnswer> {
  const { view, form } = context;
  if (standing(view) || !view.assignment) return orderPage(context);
  const { speaker, faults } = readWho(context);
  if (!speaker) return declineForm(context, faults);
  const outcome = await answered(context, () => answerAssignment(context.em, speaking(context.actor, speaker), {
    assignmentId: view.assignment?.id ?? '', step: 'decline', contactId: speaker.contactId, byName: speaker.name,
    reason: reasonOf(context), note: form.line('otherReason', 500) || null,
  }, context.now));
  return typeof outcome === 'string' ? goTo(context, '') : outcome;
}

/** Runs the command; an answer that is there already is told on a page of its own. */
async function answered(
  { base, view }: PageContext,
  run: () => Promise<{ readonly outcome: 'applied' | 'repeated' | 'forwarded' }>,
): Promise<'applied' | 'repeated' | 'forwarded' | PageAnswer> {
  try {
    return (await run()).outcome;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'given_elsewhere') return notice('given_elsewhere', base, view);
    if (error.code !== 'answered_by_colleague') throw error;
    const { answeredBy, answeredAt, status } = error.details;
    if (status === 'declined') return notice('declined', base, view, { status: 409 });
    const at = typeof answeredAt === 'string' ? new Date(answeredAt) : null;
    const name = typeof answeredBy === 'string' && answeredBy ? answeredBy : (view.firm?.company ?? '');
    return notice('already_answered', base, view, { answeredBy: name, answeredAt: at, hasOrder: true });
  }
}

function isAsked(context: PageContext): boolean {
  return openAssignment(context)?.status === 'offered';
}

/** A step that is not to be made any more leads to the page that says why. */
async function orderPageOr(context: PageContext): Promise<PageAnswer> {
  return standing(context.view) ? orderPage(context) : goTo(context, '');
}

async function acceptForm(context: PageContext, faults: readonly FormFault[]): Promise<PageAnswer> {
  const data = { ...context.base, work: await workFacts(context), who: whoFields(context, 'nobody'), faults, idempotencyKey: newId() };
  return page('accept', data, faults.length > 0 ? 422 : 200);
}

async function declineForm(context: PageContext, faults: readonly FormFault[]): Promise<PageAnswer> {
  const { form, base } = context;
  const data = {
    ...base, work: await workFacts(context), who: whoFields(context, 'nobody'), faults, idempotencyKey: newId(),
    reason: reasonOf(context), otherReason: form.line('otherReason', 500),
  };
  return page('decline', data, faults.length > 0 ? 422 : 200);
}

function reasonOf({ form }: PageContext): DeclineReason | null {
  const chosen = DECLINE_REASONS.find((one) => one === form.line('reason'));
  return chosen ?? (form.line('otherReason') ? 'other' : null);
}
