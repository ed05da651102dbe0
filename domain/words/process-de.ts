import type { ProcessWords } from './process-codes.ts';

/** German words of the process panel: what it waits for, and its steps. */
export const processDe = {
  waiting: {
    delivery: 'Wartet auf die Zustellung der E-Mail',
    answer: 'Wartet auf Antwort bis {{answerBy}}',
    promised_date: 'Wartet auf den Termin {{promisedDate}}',
    due_date: 'Wartet auf die Erledigung bis {{dueDate}}',
    done: 'Wartet auf die Erledigung',
    check: 'Wartet auf die Prüfung durch den Auftraggeber',
    person: 'Wartet auf eine Entscheidung',
    nothing: 'Beendet',
  },
  escalation: {
    remind: 'Erinnerung senden',
    last_reminder: 'Letzte Erinnerung senden',
    tell_responsible: 'Zuständige informieren',
    tell_admins: 'Administration informieren',
    offer_next: 'Nächster Firma anbieten',
    withdraw: 'Anfrage zurückziehen',
    promised_eve: 'Kontakt vor Ort informieren',
    promised_evening: 'Nachfragen, ob erledigt',
    due_passed: 'Nachfragen, weil die Frist verstrichen ist',
  },
} as const satisfies ProcessWords;
