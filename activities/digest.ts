import { Assignment } from '#db/assignments/entity.ts';
import { localeOfFirm } from '#db/assignments/mails.ts';
import { DigestItem } from '#db/events/entity.ts';
import { FirmContact } from '#db/firms/entity.ts';
import { queueMail, type NewMail } from '#db/mails/queue.ts';
import { Observer } from '#db/observers/entity.ts';
import { Organisation } from '#db/organisations/entity.ts';
import type { Em } from '#db/orm.ts';
import { Partnership } from '#db/partnerships/entity.ts';
import { colleague, ruleFor } from '#db/partnerships/people.ts';
import { saveProcess } from '#db/processes/commands.ts';
import { Membership, User } from '#db/users/entity.ts';
import { WorkOrder } from '#db/work-orders/entity.ts';
import { workflowIdOf } from '#domain/processes.ts';
import type { NotifyChoice } from '#domain/statuses.ts';
import type { Position, ProcessInput } from '#workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { inOrganisation } from './organisation-em.ts';
import { ended, gone, waiting } from './position.ts';

/** What a digest's process does: see whether it has been quiet, then write one mail with all news. */
export function digestActivities(deps: ActivityDeps) {
  return {
    advanceDigest: async (input: ProcessInput, now: string): Promise<Position> =>
      inOrganisation(deps, input.organisationId, async (em) => {
        const at = new Date(now);
        const [workOrderId = '', ...recipient] = input.ids;
        const position = await advance(deps, em, { organisationId: input.organisationId ?? '', workOrderId, recipient: recipient.join(':') }, at);
        await em.flush();
        await saveProcess(em, {
          workflowId: workflowIdOf('digest', ...input.ids), organisationId: input.organisationId, kind: 'digest', workOrderId,
          workOrderNumber: input.workOrderNumber, subjectId: workOrderId, step: position.status,
          nextDueAt: position.nextAt ? new Date(position.nextAt) : null, nextAction: position.nextStep, level: 0, needsAttention: false,
          attentionReason: null, isEnded: position.isEnded,
        }, at);
        return position;
      }),
  };
}

/** One recipient of one order's news. */
export type DigestOf = { readonly organisationId: string; readonly workOrderId: string; readonly recipient: string };

async function advance(deps: ActivityDeps, em: Em, digest: DigestOf, now: Date): Promise<Position> {
  const items = await pendingItems(em, digest);
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return ended('told', 'nothing more to tell');
  const reader = await readerOf(em, digest);
  if (!reader) return gone();
  if (reader.choice === 'daily') return ended('daily', 'wants news once a day');
  const { DIGEST_QUIET_SECONDS: quiet, DIGEST_LONGEST_SECONDS: longest } = deps.settings;
  const due = Math.min(last.createdAt.getTime() + quiet * 1000, first.createdAt.getTime() + longest * 1000);
  if (now.getTime() < due) {
    return waiting('gathering', `${items.length} news, waits until it is quiet`, { at: new Date(due), step: 'write the mail' });
  }
  await writeDigest(em, digest, reader, items, now);
  return ended('told', `${items.length} news in one mail`);
}

/** What a recipient was not told yet, oldest first. */
export async function pendingItems(em: Em, digest: DigestOf): Promise<DigestItem[]> {
  return em.find(DigestItem, { ...digest, mailId: null }, { orderBy: { createdAt: 'asc', id: 'asc' }, refresh: true });
}

/** Whom a digest goes to. */
export type Reader = { readonly to: NewMail['to']; readonly party: string; readonly assignmentId: string | null; readonly partnershipId?: string | null; readonly choice: NotifyChoice };

/** The address of a recipient as it is now; null when there is nobody (any more). */
export async function readerOf(em: Em, digest: DigestOf): Promise<Reader | null> {
  const [kind, id = ''] = digest.recipient.split(':');
  const own = { organisationId: digest.organisationId };
  if (kind === 'assignment') return contractorOf(em, own.organisationId, id);
  if (kind === 'partner') return partnersReader(em, digest);
  if (kind === 'observer') {
    const observer = await em.findOne(Observer, { ...own, id, leftAt: null });
    if (!observer?.email) return null;
    const { locale } = await em.findOneOrFail(Organisation, { id: own.organisationId });
    const to = { email: observer.email, name: observer.name, observerId: observer.id, locale: observer.locale ?? locale };
    return { to, party: digest.recipient, assignmentId: null, choice: observer.choice };
  }
  const membership = await em.findOne(Membership, { ...own, userId: id, removedAt: null });
  const user = membership ? await em.findOne(User, { id }) : null;
  if (!membership || !user) return null;
  const observed = await em.findOne(Observer, { ...own, workOrderId: digest.workOrderId, userId: id, leftAt: null });
  const to = { email: user.email, name: user.name, userId: user.id, locale: user.locale };
  return { to, party: digest.recipient, assignmentId: null, choice: observed?.choice ?? membership.notifyChoice };
}

/** Somebody of a partner, or its shared mailbox, as both are now; whether they still take part is asked when the mail is written. */
async function partnersReader(em: Em, { organisationId, workOrderId, recipient }: DigestOf): Promise<Reader | null> {
  const [, partnershipId = '', userId] = recipient.split(':');
  const partnership = await em.findOne(Partnership, { organisationId, id: partnershipId });
  const order = await em.findOne(WorkOrder, { organisationId, id: workOrderId });
  if (!partnership || !order) return null;
  const [assignment] = await em.find(Assignment, { organisationId, workOrderId, partnershipId }, { orderBy: { offeredAt: 'desc', id: 'desc' }, limit: 1 });
  const about = { party: recipient, assignmentId: assignment?.id ?? null, partnershipId };
  const isWorking = assignment && ['offered', 'accepted', 'done'].includes(assignment.status);
  const observed = isWorking ? null : await em.findOne(Observer, { organisationId, workOrderId, partnershipId, leftAt: null });
  if (userId) {
    const person = await colleague(em, partnership, userId);
    return person ? { ...about, to: { ...person, userId }, choice: observed?.choice ?? person.choice } : null;
  }
  const rule = await ruleFor(em, partnership, order.workspaceId);
  return rule?.email ? { ...about, to: { email: rule.email, name: null, locale: partnership.locale }, choice: observed?.choice ?? 'at_once' } : null;
}

async function contractorOf(em: Em, organisationId: string, assignmentId: string): Promise<Reader | null> {
  const assignment = await em.findOne(Assignment, { organisationId, id: assignmentId });
  if (!assignment?.firmId || !assignment.contactId) return null;
  const contact = await em.findOne(FirmContact, { organisationId, id: assignment.contactId });
  if (!contact) return null;
  const to = { email: contact.email, name: contact.name, contactId: contact.id, locale: await localeOfFirm(em, organisationId, assignment.firmId) };
  return { to, party: `firm:${assignment.firmId}`, assignmentId, choice: 'at_once' };
}

/** Writes the mail and ties the news to it, so that each is told once. */
export async function writeDigest(em: Em, digest: DigestOf, reader: Reader, items: readonly DigestItem[], now: Date): Promise<void> {
  const order = await em.findOneOrFail(WorkOrder, { organisationId: digest.organisationId, id: digest.workOrderId });
  const mail = await queueMail(em, {
    template: 'comment-digest', organisationId: digest.organisationId, workOrder: order, assignmentId: reader.assignmentId, partnershipId: reader.partnershipId,
    to: reader.to, party: reader.party, cause: 'digest',
  }, now);
  for (const item of items) item.mailId = mail?.id ?? null;
}
