import type { LateAcceptanceMail } from '#templates/mails/data.ts';
import { showsPeople } from './partner-names.ts';
import { firmOf, orderWords, pageLink, siteAddress, skip, type OrderContext, type Skip } from './context.ts';

/** A yes after the deadline waits for the coordinator; skipped once that is decided. */
export async function loadLateAcceptanceMail(context: OrderContext): Promise<LateAcceptanceMail | Skip> {
  const { assignment, workspace, now } = context;
  const proposal = assignment?.proposedAnswer;
  if (!assignment || proposal?.why !== 'too_late') return skip('decided_already');
  return {
    ...orderWords(context),
    siteAddress: siteAddress(workspace),
    firmName: (await firmOf(context))?.company ?? '',
    answeredBy: proposal.userId && !(await showsPeople(context)) ? null : proposal.byName,
    answeredAt: new Date(proposal.at),
    answerBy: assignment.answerByOverride ?? assignment.answerBy ?? now,
    orderLink: pageLink(context),
  };
}
