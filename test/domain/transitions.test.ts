import { describe, expect, test } from '@jest/globals';
import { ASSIGNMENT_STATUSES, WORK_ORDER_STATUSES, type AssignmentStatus, type WorkOrderStatus } from '#domain/statuses.ts';
import {
  allowedAssignmentSteps, allowedSteps, ASSIGNMENT_STEP_NAMES, assignmentStatusAfter, isAssignable, statusAfterAssignments, statusAfterStep, type AssignmentStep, type Performer, type WorkOrderStep, WORK_ORDER_STEP_NAMES,
} from '#domain/transitions.ts';

const PERFORMERS: readonly Performer[] = ['admin', 'coordinator', 'technician', 'assignee', 'process'];

/** The product's rule (1-product.md, section 2), written down a second time: from → who may make which step. */
const ORDER_RULES: Record<WorkOrderStatus, Partial<Record<WorkOrderStep, { to: WorkOrderStatus; by: 'office' | 'workers' }>>> = {
  open: { cancel: { to: 'cancelled', by: 'office' } },
  assigned: { cancel: { to: 'cancelled', by: 'office' } },
  accepted: { start: { to: 'in_progress', by: 'workers' }, hold: { to: 'waiting', by: 'workers' }, complete: { to: 'done', by: 'workers' }, cancel: { to: 'cancelled', by: 'office' } },
  in_progress: { hold: { to: 'waiting', by: 'workers' }, complete: { to: 'done', by: 'workers' }, cancel: { to: 'cancelled', by: 'office' } },
  waiting: { resume: { to: 'in_progress', by: 'workers' }, complete: { to: 'done', by: 'workers' }, cancel: { to: 'cancelled', by: 'office' } },
  done: { send_back: { to: 'in_progress', by: 'office' }, close: { to: 'closed', by: 'office' }, cancel: { to: 'cancelled', by: 'office' } },
  closed: {},
  cancelled: {},
};
const WHO: Record<'office' | 'workers', readonly Performer[]> = { office: ['admin', 'coordinator'], workers: ['admin', 'coordinator', 'assignee'] };

describe('steps of an order: every status × step × performer', () => {
  for (const status of WORK_ORDER_STATUSES) {
    for (const step of WORK_ORDER_STEP_NAMES) {
      for (const performer of PERFORMERS) {
        const rule = ORDER_RULES[status][step];
        const isAllowed = rule !== undefined && WHO[rule.by].includes(performer);
        test(`${performer} ${isAllowed ? 'may' : 'may not'} ${step} what is ${status}`, () => {
          expect(allowedSteps(status, [performer]).includes(step)).toBe(isAllowed);
          if (isAllowed) expect(statusAfterStep(step, status, [performer], 'Grund')).toBe(rule.to);
          else expect(() => statusAfterStep(step, status, [performer], 'Grund')).toThrow(expect.objectContaining({ code: 'step_not_allowed', details: { step, status } }));
        });
      }
    }
  }
});

test.each(['hold', 'send_back', 'cancel'] as const)('%s needs a reason; blanks are none', (step) => {
  const from = step === 'send_back' ? 'done' : 'accepted';
  for (const reason of [undefined, null, '', '  \n']) {
    expect(() => statusAfterStep(step, from, ['admin'], reason)).toThrow(expect.objectContaining({ code: 'reason_required' }));
  }
});

test.each(['start', 'resume', 'complete', 'close'] as const)('%s needs no reason', (step) => {
  const from = { start: 'accepted', resume: 'waiting', complete: 'accepted', close: 'done' } as const;
  expect(() => statusAfterStep(step, from[step], ['admin'])).not.toThrow();
});

test('whoever is nothing on an order makes no step', () => {
  for (const status of WORK_ORDER_STATUSES) expect(allowedSteps(status, [])).toEqual([]);
});

const ASSIGNMENT_RULES: Record<AssignmentStatus, Partial<Record<AssignmentStep, { to: AssignmentStatus; by: readonly Performer[] }>>> = {
  offered: {
    accept: { to: 'accepted', by: ['admin', 'coordinator', 'assignee'] },
    decline: { to: 'declined', by: ['admin', 'coordinator', 'assignee'] },
    withdraw: { to: 'withdrawn', by: ['admin', 'coordinator', 'process'] },
    expire: { to: 'expired', by: ['process'] },
    supersede: { to: 'superseded', by: ['process'] },
  },
  accepted: {
    decline: { to: 'declined', by: ['admin', 'coordinator', 'assignee'] },
    cancel: { to: 'cancelled', by: ['admin', 'coordinator'] },
    undo_acceptance: { to: 'offered', by: ['admin', 'coordinator'] },
    complete: { to: 'done', by: ['admin', 'coordinator', 'assignee'] },
  },
  done: { cancel: { to: 'cancelled', by: ['admin', 'coordinator'] }, send_back: { to: 'accepted', by: ['admin', 'coordinator'] } },
  declined: {}, withdrawn: {}, expired: {}, superseded: {}, cancelled: {},
};

describe('steps of an assignment: every status × step × performer', () => {
  for (const status of ASSIGNMENT_STATUSES) {
    for (const step of ASSIGNMENT_STEP_NAMES) {
      for (const performer of PERFORMERS) {
        const rule = ASSIGNMENT_RULES[status][step];
        const isAllowed = rule?.by.includes(performer) ?? false;
        test(`${performer} ${isAllowed ? 'may' : 'may not'} ${step} what is ${status}`, () => {
          expect(allowedAssignmentSteps(status, [performer]).includes(step)).toBe(isAllowed);
          if (isAllowed) expect(assignmentStatusAfter(step, status, [performer])).toBe(rule?.to);
          else expect(() => assignmentStatusAfter(step, status, [performer])).toThrow(expect.objectContaining({ code: 'step_not_allowed' }));
        });
      }
    }
  }
});

describe('the order follows its assignments', () => {
  const cases: [string, WorkOrderStatus, AssignmentStatus[], WorkOrderStatus][] = [
    ['nobody asked: open', 'open', [], 'open'],
    ['somebody is asked: assigned', 'open', ['offered'], 'assigned'],
    ['the first acceptance accepts it', 'assigned', ['offered', 'accepted'], 'accepted'],
    ['the last offer declined: open again', 'assigned', ['declined'], 'open'],
    ['the last offer withdrawn: open again', 'assigned', ['withdrawn', 'expired'], 'open'],
    ['accepted work cancelled: open again', 'in_progress', ['cancelled'], 'open'],
    ['accepted work cancelled while somebody else is asked: assigned', 'accepted', ['cancelled', 'offered'], 'assigned'],
    ['an acceptance undone: asked again', 'accepted', ['offered'], 'assigned'],
    ['work that has begun stays begun when somebody else accepts', 'in_progress', ['accepted', 'accepted'], 'in_progress'],
    ['waiting work stays waiting', 'waiting', ['accepted'], 'waiting'],
    ['all that were accepted are done: done', 'in_progress', ['done', 'done'], 'done'],
    ['one of two is done: goes on', 'in_progress', ['done', 'accepted'], 'in_progress'],
    ['one is done, the other cancelled: done', 'in_progress', ['done', 'cancelled'], 'done'],
    ['sent back: in progress', 'done', ['accepted'], 'in_progress'],
    ['done although somebody else is still asked', 'accepted', ['done', 'offered'], 'done'],
  ];
  test.each(cases)('%s', (_rule, current, assignments, expected) => {
    expect(statusAfterAssignments(current, assignments)).toBe(expected);
  });

  test.each(['closed', 'cancelled'] as const)('what is %s stays so, whatever becomes of its assignments', (ended) => {
    for (const one of ASSIGNMENT_STATUSES) expect(statusAfterAssignments(ended, [one])).toBe(ended);
  });

  test('it is settled after one look: following twice changes nothing', () => {
    for (const current of WORK_ORDER_STATUSES) {
      for (const one of ASSIGNMENT_STATUSES) {
        for (const other of ASSIGNMENT_STATUSES) {
          const next = statusAfterAssignments(current, [one, other]);
          expect(statusAfterAssignments(next, [one, other])).toBe(next);
          expect(statusAfterAssignments(current, [other, one])).toBe(next);
        }
      }
    }
  });
});

describe('one firm at a time', () => {
  const firm = (status: 'offered' | 'accepted' | 'declined' | 'done') => ({ status, firmId: 'f1' });

  test('while a firm is asked or at work, no other may be asked; own people never stand in the way', () => {
    expect([isAssignable('assigned', [firm('offered')]), isAssignable('accepted', [firm('accepted')])]).toEqual([false, false]);
    expect([isAssignable('open', [firm('declined')]), isAssignable('accepted', [{ status: 'accepted', firmId: null }])]).toEqual([true, true]);
  });

  test('nobody is asked for work that is over', () => {
    expect(WORK_ORDER_STATUSES.filter((status) => isAssignable(status))).toEqual(['open', 'assigned', 'accepted', 'in_progress', 'waiting']);
  });
});
