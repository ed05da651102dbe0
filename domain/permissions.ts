import type { AccountActor, Actor, PartnerActor } from './actors.ts';
import type { Performer } from './transitions.ts';
import type { AssignmentStatus, Role } from './statuses.ts';

/** `own` = only where the subject is theirs: reported by, assigned to, or observed by this user. */
type Grant = 'yes' | 'own';
type Row = Partial<Record<Role, Grant>>;
const ALL: Row = { admin: 'yes', coordinator: 'yes', technician: 'yes' };
const OFFICE: Row = { admin: 'yes', coordinator: 'yes' };
const ADMIN: Row = { admin: 'yes' };

/** Who may do what in the portal: one table. What is not listed is refused; status steps are in `transitions.ts`. */
export const PERMISSIONS = {
  'account.read': ALL,
  'own_membership.change': ALL,
  'dashboard.read': ALL,
  'work_order.create': ALL,
  'work_order.read': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'work_order.edit': { admin: 'yes', coordinator: 'yes' },
  'work_order.step': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'work_order.assign': OFFICE,
  'assignment.steer': OFFICE,
  'assignment.answer': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'comment.write': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'comment.restore': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'attachment.write': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'observer.manage': OFFICE,
  'observer.add': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'observer.choose': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'workspace.read': ALL,
  'workspace.manage': ADMIN,
  'asset.read': ALL,
  'asset.manage': OFFICE,
  'firm.read': OFFICE,
  'firm.manage': OFFICE,
  'partner.read': OFFICE,
  'partner.manage': ADMIN,
  'to_review.read': OFFICE,
  'to_review.decide': OFFICE,
  'own_mail.read': ALL,
  'inbound_mail.read': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'mail_log.read': OFFICE,
  'mail_log.resend': OFFICE,
  'reminders.decide': OFFICE,
  'user.read': ALL,
  'user.manage': ADMIN,
  'settings.read': OFFICE,
  'settings.manage': ADMIN,
} as const satisfies Record<string, Row>;

/**
 * The same for a partner's people in a client's account, by their role in their own organisation. What is not listed does
 * not exist there. Whatever the row says, they act only on what they see: a technician on what was given to them.
 */
export const PARTNER_PERMISSIONS = {
  'account.read': ALL,
  'dashboard.read': ALL,
  'work_order.read': ALL,
  'work_order.step': ALL,
  /** Technicians only as `canAnswer` says. */
  'assignment.answer': ALL,
  'assignment.pass_on': OFFICE,
  'comment.write': ALL,
  'attachment.write': ALL,
  'observer.choose': OFFICE,
  'workspace.read': ALL,
  'asset.read': ALL,
  'own_mail.read': ALL,
  'own_partnership.read': OFFICE,
  'own_partnership.manage': ADMIN,
} as const satisfies Record<string, Row>;

export type MemberAction = keyof typeof PERMISSIONS;
export type PartnerAction = keyof typeof PARTNER_PERMISSIONS;
export type Action = MemberAction | PartnerAction;
export const ACTIONS = [...new Set([...Object.keys(PERMISSIONS), ...Object.keys(PARTNER_PERMISSIONS)])] as Action[];

/** Whether such a thing exists for this kind of actor at all, so that 404 and 403 are told apart. */
export function isOpenTo(actor: AccountActor, action: Action): boolean {
  return action in (actor.kind === 'partner' ? PARTNER_PERMISSIONS : PERMISSIONS);
}

/** What a rule needs to know of the thing acted on; leave it out for actions on the account as a whole. */
export type Subject = {
  readonly organisationId: string;
  readonly workspaceId?: string | null | undefined;
  readonly reporterUserId?: string | null | undefined;
  readonly assigneeUserIds?: readonly string[] | undefined;
  readonly observerUserIds?: readonly string[] | undefined;
  /** Partners at work on it: their assignment is accepted, or done and not checked yet. */
  readonly assigneePartnershipIds?: readonly string[] | undefined;
};

/** Whether this actor may do this to this subject; the only place that decides it. */
export function can(actor: Actor, action: Action, subject?: Subject): boolean {
  if (actor.kind === 'system') return !subject || subject.organisationId === actor.organisationId;
  if (actor.kind !== 'member' && actor.kind !== 'partner') return false;
  if (subject && subject.organisationId !== actor.organisationId) return false;
  if (actor.kind === 'partner') return partnerMay(actor, action);
  const row: Row = action in PERMISSIONS ? PERMISSIONS[action as MemberAction] : {};
  const grant = row[actor.role];
  if (!grant) return false;
  if (subject?.workspaceId && actor.workspaceIds && !actor.workspaceIds.includes(subject.workspaceId)) return false;
  return grant === 'yes' || !subject || isOwn(actor.userId, subject);
}

/** What an ended partnership leaves is the record: it is read, and nothing else. */
function partnerMay(actor: PartnerActor, action: Action): boolean {
  if (actor.isEnded && !action.endsWith('.read')) return false;
  const row: Row = action in PARTNER_PERMISSIONS ? PARTNER_PERMISSIONS[action as PartnerAction] : {};
  return row[actor.role] === 'yes';
}

/** What says who answers for an assignment; `personUserId`: to whom of its people the partner gave it. */
type Answered = {
  readonly status: AssignmentStatus;
  readonly memberUserId?: string | null | undefined;
  readonly partnershipId?: string | null | undefined;
  readonly personUserId?: string | null | undefined;
};

/**
 * Whether this actor may answer for this assignment, name its date or give it back: the office for everybody, technicians for
 * themselves, a partner for its own; a partner's technician once its office has accepted the work and given it to them.
 */
export function canAnswer(actor: Actor, assignment: Answered, subject: Subject): boolean {
  if (!can(actor, 'assignment.answer', subject)) return false;
  if (actor.kind === 'partner') return assignment.partnershipId === actor.partnershipId && (actor.role !== 'technician' || isAtWork(actor.userId, assignment));
  return actor.kind !== 'member' || actor.role !== 'technician' || assignment.memberUserId === actor.userId;
}

function isAtWork(userId: string, { status, personUserId }: Answered): boolean {
  return status === 'accepted' && personUserId === userId;
}

/** The performers that an actor counts as on an order, for the transition table. */
export function performersOf(actor: Actor, subject: Subject): Performer[] {
  if (actor.kind === 'system') return ['process'];
  if (actor.kind === 'link' || actor.kind === 'mail') return actor.assignmentId ? ['assignee'] : [];
  if (actor.kind === 'partner') return !actor.isEnded && subject.assigneePartnershipIds?.includes(actor.partnershipId) ? ['assignee'] : [];
  if (actor.kind !== 'member') return [];
  const isAssignee = subject.assigneeUserIds?.includes(actor.userId) ?? false;
  return isAssignee ? [actor.role, 'assignee'] : [actor.role];
}

function isOwn(userId: string, subject: Subject): boolean {
  return (
    subject.reporterUserId === userId ||
    (subject.assigneeUserIds?.includes(userId) ?? false) ||
    (subject.observerUserIds?.includes(userId) ?? false)
  );
}
