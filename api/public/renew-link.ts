import { renewLink } from '#db/assignments/links.ts';
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
    const status = view.assignment?.status ?? 'accepted';
    if (['offered', 'accepted', 'done'].includes(status)) await renewLink(em, { ...actor, assignmentId }, { assignmentId }, now);
  }
  return notice('link_requested', base, view);
}
