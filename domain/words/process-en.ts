import type { ProcessWords } from './process-codes.ts';

/** English words of the process panel: what it waits for, and its steps. */
export const processEn = {
  waiting: {
    delivery: 'Waiting for the e-mail to be delivered',
    answer: 'Waiting for an answer until {{answerBy}}',
    promised_date: 'Waiting for the date {{promisedDate}}',
    due_date: 'Waiting for the work to be done by {{dueDate}}',
    done: 'Waiting for the work to be done',
    check: 'Waiting for the client to check',
    person: 'Waiting for a decision',
    nothing: 'Ended',
  },
  escalation: {
    remind: 'Send reminder',
    last_reminder: 'Send last reminder',
    tell_responsible: 'Tell the responsible',
    tell_admins: 'Tell the administrators',
    offer_next: 'Offer to the next firm',
    withdraw: 'Withdraw the request',
    promised_eve: 'Tell the contact on site',
    promised_evening: 'Ask whether it is done',
    due_passed: 'Ask because the due date has passed',
  },
} as const satisfies ProcessWords;
