import type { Assignment, Comment, OnePage, Order, PlannedLine } from '../providers/types.ts';

/** A line between messages: what the process or somebody did with an assignment. */
export type Mark = {
  readonly kind: 'mark'; readonly id: string; readonly at: string; readonly assignment: Assignment;
  readonly what: 'offered' | 'reminded' | 'accepted' | 'bounced' | 'ended'; readonly line: PlannedLine | null;
};
export type Entry = { readonly kind: 'comment'; readonly id: string; readonly at: string; readonly comment: Comment } | Mark;

const ENDED = new Set<Assignment['status']>(['declined', 'withdrawn', 'expired', 'superseded', 'cancelled']);
const REMINDERS = new Set(['remind', 'last_reminder', 'remind_now']);

/** Messages and marks in one order of time; `isSharedOnly` leaves out what stays in the house, `hasOlder` the marks that stand among messages not shown yet. */
export function threadOf({ comments: said, assignments }: { comments: readonly Comment[]; assignments: readonly Assignment[] }, isSharedOnly = false, hasOlder = false): Entry[] {
  const comments: Entry[] = said
    .filter((comment) => !isSharedOnly || comment.visibility === 'shared')
    .map((comment) => ({ kind: 'comment', id: comment.id, at: comment.createdAt, comment }));
  const since = hasOlder ? Math.min(...said.map((comment) => Date.parse(comment.createdAt))) : -Infinity;
  const marks: Entry[] = assignments.flatMap(marksOf).filter((mark) => Date.parse(mark.at) >= since);
  return [...comments, ...marks].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function marksOf(assignment: Assignment): Mark[] {
  const mark = (what: Mark['what'], at: string | null, line: PlannedLine | null = null): Mark[] =>
    at ? [{ kind: 'mark', id: `${assignment.id}:${what}:${line?.key ?? at}`, at, assignment, what, line }] : [];
  const reminders = (assignment.process?.planned ?? []).filter((line) => line.state === 'done' && REMINDERS.has(line.action));
  return [
    ...mark('offered', assignment.offeredAt),
    ...mark('bounced', assignment.bouncedAt),
    ...reminders.flatMap((line) => mark('reminded', line.at, line)),
    ...mark('accepted', assignment.acceptedAt),
    ...(ENDED.has(assignment.status) ? mark('ended', assignment.endedAt) : []),
  ];
}

/** Everything of some pages once; what the record itself brings is the freshest. */
export function merged<One extends { readonly id: string }>(pages: readonly Pick<OnePage<One>, 'data'>[], newest: readonly One[]): One[] {
  return [...new Map([...pages.flatMap((page) => page.data), ...newest].map((one) => [one.id, one])).values()];
}

/** The assignment that the page is about: the newest that still binds somebody, else the newest. */
export function currentAssignment(assignments: readonly Assignment[]): Assignment | null {
  const byAge = [...assignments].sort((one, other) => Date.parse(other.offeredAt) - Date.parse(one.offeredAt));
  return byAge.find((one) => ['offered', 'accepted', 'done'].includes(one.status)) ?? byAge[0] ?? null;
}

/** Whether the last request ended without work, so that the likeliest step is to ask somebody else. */
export function isFreeAgain(order: Pick<Order, 'can'>, assignment: Pick<Assignment, 'status'>): boolean {
  return ENDED.has(assignment.status) && order.can['assign'] === true;
}

/** The firm or person that was asked. */
export function assigneeName(assignment: Assignment): string {
  return assignment.firm?.company ?? assignment.member?.name ?? assignment.contact?.name ?? '?';
}

/** A phone number that a link can dial. */
export function telOf(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, '')}`;
}
