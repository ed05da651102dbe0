import { expect, test } from '@jest/globals';
import { EVENT_NAMES, EVENTS, type EventName } from '#domain/events.ts';
import { de } from '#domain/words/de.ts';
import { en } from '#domain/words/en.ts';

const names = EVENT_NAMES as readonly EventName[];

test('an event is named after its subject and what happened to it', () => {
  for (const name of names) expect(name).toMatch(/^[a-z_]+\.[a-z_]+$/);
});

test('every event has words in both languages', () => {
  for (const name of names) {
    expect(de.event[name]).toBeTruthy();
    expect(en.event[name]).toBeTruthy();
  }
});

test('whatever ends or answers an assignment wakes its process', () => {
  const waking: EventName[] = [
    'assignment.offered', 'assignment.accepted', 'assignment.declined', 'assignment.withdrawn', 'assignment.expired', 'assignment.superseded',
    'assignment.cancelled', 'assignment.completed', 'assignment.sent_back', 'assignment.acceptance_undone', 'assignment.late_answer',
    'assignment.deadline_moved', 'assignment.remind_requested', 'assignment.delivered', 'assignment.bounced', 'assignment.away',
    'assignment.contact_changed', 'assignment.promised_date_set',
  ];
  for (const name of waking) expect(EVENTS[name].wakes).toEqual(['assignment']);
});

test('what the process did itself does not wake it again', () => {
  for (const name of ['assignment.reminded', 'assignment.escalated', 'assignment.step_skipped'] as const) expect(EVENTS[name].wakes).toEqual([]);
});

test('a change of the order wakes all its open assignments: due date, hold and end change what they wait for', () => {
  for (const name of ['work_order.changed', 'work_order.held', 'work_order.resumed', 'work_order.closed', 'work_order.cancelled'] as const) {
    expect(EVENTS[name].wakes).toEqual(['all_assignments']);
  }
});

test('who was asked and how they answered is nobody\'s business outside', () => {
  for (const name of names.filter((one) => one.startsWith('assignment.') && one !== 'assignment.promised_date_set')) {
    expect(EVENTS[name].timeline).toBe('internal');
    expect(EVENTS[name].tells).toBe('nobody');
  }
});

test('what is told of reaches open screens, too', () => {
  for (const name of names.filter((one) => EVENTS[one].tells !== 'nobody')) expect(EVENTS[name].live).toContain('work-orders');
});

test('records of the directory make no timeline line', () => {
  for (const name of names.filter((one) => /^(?:firm|workspace|asset|user|settings|mail)\./.test(one))) {
    expect(EVENTS[name]).toMatchObject({ timeline: 'none', tells: 'nobody', wakes: [] });
  }
});
