import type { Messages } from '../shape.ts';

/** Words on mails that wait, do not arrive, or go to somebody else. */
export const mails = {
  held: {
    band: '%{smart_count} reminder is held back, since %{since}: unusually many in one hour. |||| %{smart_count} reminders are held back, since %{since}: unusually many in one hour.',
    send: 'Send', drop: 'Do not send', send_title: 'Send the reminders that are held back', drop_title: 'Do not send the reminders that are held back',
    send_hint: '%{smart_count} reminder goes out now. For two hours nothing more is held back. |||| %{smart_count} reminders go out now. For two hours nothing more is held back.',
    drop_hint: '%{smart_count} reminder is not sent. It stays in the mail log; the next steps of the escalation go on. |||| %{smart_count} reminders are not sent. They stay in the mail log; the next steps of the escalation go on.',
    sent: 'The reminders are being sent', dropped: 'The reminders are not sent', panel: 'Reminders held back', none: 'No reminder is held back.',
    hint: 'Holds for all organisations. Without a decision they go out bit by bit, no more in an hour than is usual.', under_way: 'Your decision is being carried out …',
  },
  reach: {
    blocked: 'Undeliverable address: please correct it in the directory.', call: 'Call: %{phone}', correct: 'Correct the address …', correct_title: 'Correct the address of %{name}', correct_label: 'E-mail address', correct_hint: 'Holds in the directory, also for other work orders.',
    correct_again: 'Then send the request to this address', corrected: 'Address corrected', again: 'Send the request again …', again_title: 'Send the request again', again_text: 'The request did not arrive. It goes to %{email} once more.', again_send: 'Send again', again_done: 'The request is being sent again',
    not_reached: 'Can not be reached by e-mail: %{names}',
    deputy_until: 'Away until %{day}; names %{who} as deputy.', deputy: 'Away; names %{who} as deputy.', deputy_other: 'The address does not belong to the domain of the firm.', deputy_take: 'Add and write to them', deputy_leave: 'Do not write',
    deputy_taken: 'Added as a contact, the request is being sent', deputy_left: 'Nobody is written to', deputy_note: 'See the note',
  },
  decided: {
    title: 'This e-mail has been decided on already', attached: 'It was attached.', ticket: 'A ticket was made of it.', answered: 'It was answered.', discarded: 'It was discarded.', too_old: 'It was too old.', in_log: 'See it in the mail log',
  },
} as const satisfies Pick<Messages, 'held' | 'reach' | 'decided'>;
