import { renewLink } from '#db/assignments/links.ts';
import { emFor, type Em } from '#db/orm.ts';
import { DomainError } from '#domain/errors.ts';
import { RUNNING_WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import type { PageAnswer, PageContext } from './context.ts';
import { notice } from './notices.ts';

/**
 * `POST …/link-erneuern`: a fresh link goes to the address on file, and only where the order is still open. The answer is
 * the same in any case: an old link must not tell how things stand.
 */
export async function renew(context: PageContext): Promise<PageAnswer> {
  const { em, deps, view, opened, actor, base, now } = context;
  await deps.limits.consume('linkRenewal', opened.link.id);
  const assignmentId = view.assignment?.id ?? view.fileRequest?.assignmentId ?? null;
  const isOpen = (RUNNING_WORK_ORDER_STATUSES as readonly string[]).includes(view.order.status);
  if (assignmentId && isOpen && view.state !== 'live') {
    const ofAssignment = { ...actor, assignmentId };
    const run = (own: Em): Promise<void> => renewLink(own, ofAssignment, { assignmentId }, now);
    // The link of a file request can't see the assignment behind it: it is asked for in that one's own eyes.
    await (view.assignment ? run(em) : emFor(deps.orm, ofAssignment).transactional(run)).catch(unlessEnded);
  }
  return notice('link_requested', base, view);
}

function unlessEnded(error: unknown): void {
  if (!(error instanceof DomainError) || error.code !== 'assignment_ended') throw error;
}
