import type { Visible } from '#db/live/visible.ts';
import type { AccountActor, PartnerActor } from '#domain/actors.ts';
import { EVENTS, isOwnMatter, type EventName, type EventSpec, type LiveTopic } from '#domain/events.ts';
import { can, type Action } from '#domain/permissions.ts';
import type { Announcement } from './registry.ts';
import type { LiveMessage } from './schema.ts';

/** Who may hear of changes to a list at all. */
const TOPIC_PERMISSION: Readonly<Record<LiveTopic, Action>> = {
  'work-orders': 'work_order.read',
  'to-review': 'to_review.read',
  mails: 'mail_log.read',
  firms: 'firm.read',
  workspaces: 'workspace.read',
  assets: 'asset.read',
  users: 'user.read',
  settings: 'account.read',
  partners: 'partner.read',
};

/** Of a client's records that hang on no order, a partner hears of what concerns its own partnership. */
const PARTNERSHIP_NEWS: readonly string[] = [
  'partnership.shares_changed', 'partnership.served_changed', 'partnership.changed',
  'partnership.ending', 'partnership.ending_withdrawn', 'partnership.last_day_over', 'partnership.ended',
];

/** What one reader is told of an announcement, given what of it exists for them. */
export function messagesOf(announcement: Announcement, actor: AccountActor, visible: Visible): LiveMessage[] {
  const { name, workOrderId } = announcement;
  if (workOrderId && !visible.orderIds.has(workOrderId)) return [];
  if (!isMeantFor(announcement, actor, visible)) return [];
  const spec: EventSpec | undefined = EVENTS[name as EventName];
  const topics = (spec?.live ?? []).filter((topic) => can(actor, TOPIC_PERMISSION[topic]));
  return topics.map((topic) => ({ topic, workOrderId, name }));
}

/** Nobody hears what the other side said among itself; a partner neither of other firms nor of what the client keeps inside. */
function isMeantFor(announcement: Announcement, actor: AccountActor, visible: Visible): boolean {
  if (actor.kind === 'member') return !announcement.authorOrganisationId || announcement.authorOrganisationId === actor.organisationId;
  return announcement.authorOrganisationId ? announcement.authorOrganisationId === actor.partnerOrganisationId : isTold(announcement, actor, visible);
}

function isTold({ name, workOrderId, assignmentId, subjectId, visibility }: Announcement, actor: PartnerActor, { assignmentIds }: Visible): boolean {
  if (!workOrderId) return PARTNERSHIP_NEWS.includes(name) && subjectId === actor.partnershipId;
  if (visibility === 'internal' || (assignmentId && !assignmentIds.has(assignmentId))) return false;
  const spec: EventSpec | undefined = EVENTS[name as EventName];
  return name === 'comment.added' || name.startsWith('work_order.') || spec?.timeline === 'shared' || (assignmentId !== null && isOwnMatter(name as EventName));
}
