import type { ProcessKind } from './statuses.ts';

/** `shared` is also shown to contractors and observers; `internal` stays in the organisation; `none` is no timeline line. */
export type TimelineAudience = 'shared' | 'internal' | 'none';

export type EventSpec = {
  readonly timeline: TimelineAudience;
  /** Whether observers, the responsible and the assignee are told of it by digest, and under which of their choices. */
  readonly tells: 'status' | 'conversation' | 'nobody';
  /** Processes that must look again: of the event's assignment, or of every open assignment of its order. */
  readonly wakes: readonly ('assignment' | 'all_assignments')[];
  /** Lists that open screens refetch. */
  readonly live: readonly LiveTopic[];
};

export type LiveTopic = 'work-orders' | 'to-review' | 'mails' | 'firms' | 'workspaces' | 'assets' | 'users' | 'settings' | 'partners';

const ORDER_LIVE = ['work-orders'] as const;

function order(
  timeline: TimelineAudience,
  tells: EventSpec['tells'],
  wakes: EventSpec['wakes'] = [],
): EventSpec {
  return { timeline, tells, wakes, live: ORDER_LIVE };
}

function record(topic: LiveTopic): EventSpec {
  return { timeline: 'none', tells: 'nobody', wakes: [], live: [topic] };
}

/** From one event grow the timeline line, the people told, the processes woken and the screens refreshed. */
export const EVENTS = {
  'work_order.created': order('shared', 'nobody'),
  'work_order.changed': order('internal', 'nobody', ['all_assignments']),
  'work_order.assigned': order('internal', 'status'),
  'work_order.accepted': order('internal', 'status'),
  'work_order.reopened': order('internal', 'status'),
  'work_order.started': order('shared', 'status', ['all_assignments']),
  'work_order.held': order('shared', 'status', ['all_assignments']),
  'work_order.resumed': order('shared', 'status', ['all_assignments']),
  'work_order.completed': order('shared', 'status', ['all_assignments']),
  'work_order.sent_back': order('shared', 'status', ['all_assignments']),
  'work_order.closed': order('shared', 'status', ['all_assignments']),
  'work_order.cancelled': order('shared', 'status', ['all_assignments']),
  'assignment.offered': order('internal', 'nobody', ['assignment']),
  'assignment.accepted': order('internal', 'nobody', ['assignment']),
  'assignment.declined': order('internal', 'nobody', ['assignment']),
  'assignment.withdrawn': order('internal', 'nobody', ['assignment']),
  'assignment.expired': order('internal', 'nobody', ['assignment']),
  'assignment.superseded': order('internal', 'nobody', ['assignment']),
  'assignment.cancelled': order('internal', 'nobody', ['assignment']),
  'assignment.completed': order('internal', 'nobody', ['assignment']),
  'assignment.sent_back': order('internal', 'nobody', ['assignment']),
  'assignment.acceptance_undone': order('internal', 'nobody', ['assignment']),
  'assignment.late_answer': order('internal', 'nobody', ['assignment']),
  'assignment.answer_proposed': order('internal', 'nobody'),
  'assignment.proposal_dismissed': order('internal', 'nobody'),
  'assignment.deadline_moved': order('internal', 'nobody', ['assignment']),
  'assignment.remind_requested': order('internal', 'nobody', ['assignment']),
  'assignment.reminded': order('internal', 'nobody'),
  'assignment.escalated': order('internal', 'nobody'),
  'assignment.step_skipped': order('internal', 'nobody'),
  'assignment.delivered': order('internal', 'nobody', ['assignment']),
  'assignment.bounced': order('internal', 'nobody', ['assignment']),
  'assignment.away': order('internal', 'nobody', ['assignment']),
  'assignment.deputy_dismissed': order('internal', 'nobody'),
  'assignment.contact_changed': order('internal', 'nobody', ['assignment']),
  'assignment.passed_on': order('internal', 'nobody', ['assignment']),
  'assignment.person_removed': order('internal', 'nobody', ['assignment']),
  'assignment.nudged': order('internal', 'nobody'),
  'assignment.promised_date_set': order('shared', 'status', ['assignment']),
  'assignment.link_renewed': order('internal', 'nobody'),
  'assignment.to_finish': order('internal', 'nobody'),
  'assignment.moved_to_partner': order('internal', 'nobody', ['assignment']),
  'comment.added': order('none', 'conversation'),
  'attachment.added': order('shared', 'conversation'),
  'attachment.removed': order('internal', 'nobody'),
  'observer.added': order('internal', 'nobody'),
  'observer.changed': order('internal', 'nobody'),
  'observer.removed': order('internal', 'nobody'),
  'file_request.opened': order('internal', 'nobody'),
  'file_request.fulfilled': order('internal', 'nobody'),
  'file_request.ended': order('internal', 'nobody'),
  'inbound_mail.held': record('to-review'),
  'inbound_mail.attached': { timeline: 'internal', tells: 'nobody', wakes: [], live: ['to-review', 'work-orders'] },
  'inbound_mail.discarded': record('to-review'),
  'inbound_mail.restored': record('work-orders'),
  'mail.changed': record('mails'),
  'reminders.held': record('mails'),
  'reminders.decided': record('mails'),
  'firm.created': record('firms'),
  'firm.changed': record('firms'),
  'workspace.created': record('workspaces'),
  'workspace.changed': record('workspaces'),
  'asset.created': record('assets'),
  'asset.changed': record('assets'),
  'partnership.invited': record('partners'),
  'partnership.delivered': record('partners'),
  'partnership.reminded': record('partners'),
  'partnership.bounced': record('partners'),
  'partnership.extended': record('partners'),
  'partnership.resent': record('partners'),
  'partnership.link_requested': record('partners'),
  'partnership.asked_again': record('partners'),
  'partnership.other_address_named': record('partners'),
  'partnership.other_address_dismissed': record('partners'),
  'partnership.accepted': record('partners'),
  'partnership.declined': record('partners'),
  'partnership.withdrawn': record('partners'),
  'partnership.expired': record('partners'),
  'partnership.shares_changed': { timeline: 'none', tells: 'nobody', wakes: [], live: ['partners', 'workspaces', 'assets', 'work-orders'] },
  'partnership.served_changed': { timeline: 'none', tells: 'nobody', wakes: [], live: ['partners', 'workspaces', 'assets', 'work-orders'] },
  'partnership.changed': record('partners'),
  'partnership.ending': record('partners'),
  'partnership.ending_withdrawn': record('partners'),
  'partnership.last_day_over': { timeline: 'none', tells: 'nobody', wakes: [], live: ['partners', 'workspaces', 'assets', 'work-orders'] },
  'partnership.ended': { timeline: 'none', tells: 'nobody', wakes: [], live: ['partners', 'workspaces', 'assets', 'work-orders'] },
  'user.invited': record('users'),
  'user.joined': record('users'),
  'user.changed': record('users'),
  'user.removed': record('users'),
  'settings.changed': record('settings'),
} as const satisfies Record<string, EventSpec>;

export type EventName = keyof typeof EVENTS;
export const EVENT_NAMES = Object.keys(EVENTS) as EventName[];

/** The kinds of process that can be woken through the outbox. */
export type WokenProcess = ProcessKind;

/** Of what is internal to the client, the steps of an assignment that its partner reads, too, where the assignment is its own. */
const OWN_MATTERS: readonly EventName[] = [
  'assignment.offered', 'assignment.accepted', 'assignment.declined', 'assignment.withdrawn', 'assignment.expired', 'assignment.superseded', 'assignment.cancelled',
  'assignment.completed', 'assignment.sent_back', 'assignment.acceptance_undone', 'assignment.deadline_moved', 'assignment.reminded',
  'assignment.passed_on', 'assignment.person_removed', 'assignment.nudged', 'assignment.late_answer', 'assignment.to_finish',
];

export function isOwnMatter(name: EventName): boolean {
  return OWN_MATTERS.includes(name);
}
