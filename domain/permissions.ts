import type { Actor } from './actors.ts';
import type { Performer } from './transitions.ts';
import type { Role } from './statuses.ts';

/** `own` = only where the subject is theirs: reported by, assigned to, or observed by this user. */
type Grant = 'yes' | 'own';
type Row = Partial<Record<Role, Grant>>;
const ALL: Row = { admin: 'yes', coordinator: 'yes', technician: 'yes' };
const OFFICE: Row = { admin: 'yes', coordinator: 'yes' };
const ADMIN: Row = { admin: 'yes' };

/** Who may do what in the portal: one table. What is not listed is refused; status steps are in `transitions.ts`. */
export const PERMISSIONS = {
  'account.read': ALL,
  'dashboard.read': ALL,
  'work_order.create': ALL,
  'work_order.read': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'work_order.edit': { admin: 'yes', coordinator: 'yes' },
  'work_order.step': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'work_order.assign': OFFICE,
  'assignment.steer': OFFICE,
  'assignment.answer': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'comment.write': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'attachment.write': { admin: 'yes', coordinator: 'yes', technician: 'own' },
  'observer.manage': OFFICE,
  'workspace.read': ALL,
  'workspace.manage': ADMIN,
  'asset.read': ALL,
  'asset.manage': OFFICE,
  'firm.read': OFFICE,
  'firm.manage': OFFICE,
  'to_review.read': OFFICE,
  'to_review.decide': OFFICE,
  'mail_log.read': OFFICE,
  'mail_log.resend': OFFICE,
  'reminders.decide': OFFICE,
  'user.read': ALL,
  'user.manage': ADMIN,
  'settings.read': OFFICE,
  'settings.manage': ADMIN,
} as const satisfies Record<string, Row>;

export type Action = keyof typeof PERMISSIONS;
export const ACTIONS = Object.keys(PERMISSIONS) as Action[];

/** What a rule needs to know of the thing acted on; leave it out for actions on the account as a whole. */
export type Subject = {
  readonly organisationId: string;
  readonly workspaceId?: string | null | undefined;
  readonly reporterUserId?: string | null | undefined;
  readonly assigneeUserIds?: readonly string[] | undefined;
  readonly observerUserIds?: readonly string[] | undefined;
};

/** Whether this actor may do this to this subject; the only place that decides it. */
export function can(actor: Actor, action: Action, subject?: Subject): boolean {
  if (actor.kind === 'system') return !subject || subject.organisationId === actor.organisationId;
  if (actor.kind !== 'member') return false;
  if (subject && subject.organisationId !== actor.organisationId) return false;
  const row: Row = PERMISSIONS[action];
  const grant = row[actor.role];
  if (!grant) return false;
  if (subject?.workspaceId && actor.workspaceIds && !actor.workspaceIds.includes(subject.workspaceId)) return false;
  return grant === 'yes' || !subject || isOwn(actor.userId, subject);
}

/** Whether this actor may answer for this assignment: the office for everybody, technicians for themselves. */
export function canAnswer(actor: Actor, assignment: { readonly memberUserId?: string | null | undefined }, subject: Subject): boolean {
  if (!can(actor, 'assignment.answer', subject)) return false;
  return actor.kind !== 'member' || actor.role !== 'technician' || assignment.memberUserId === actor.userId;
}

/** The performers that an actor counts as on an order, for the transition table. */
export function performersOf(actor: Actor, subject: Subject & { readonly hasAcceptedAssignment?: boolean }): Performer[] {
  if (actor.kind === 'system') return ['process'];
  if (actor.kind === 'link' || actor.kind === 'mail') return actor.assignmentId ? ['assignee'] : [];
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
