import type { Messages } from '../shape.ts';

/** Words of the directory, of mails, users, settings and operation. */
export const records = {
  firms: {
    title: 'Firms', create: 'Add firm', edit: 'Edit firm', search: 'Firm, person, e-mail', empty: 'No firms yet. Add the one you write to most often.', company: 'Firm', trades: 'Trades', trades_hint: 'several with Enter', phone: 'Phone', language: 'Language of e-mails', language_default: 'as the organisation', notes: 'Notes (internal)', standing: 'Standing', normal: 'Normal', preferred: 'Preferred', blocked: 'Blocked', blocked_reason: 'Why it is blocked', no_acceptance: 'Needs no acceptance (contract)',
    contacts: 'Contacts', contact: 'Contact', add_contact: 'Contact', first_is_mailed: 'E-mails go to the first person who can be reached.', name: 'Name', email: 'E-mail', roles: 'Tasks', access: 'Access', access_email: 'E-mail', access_partner: 'Partner', answered_in: 'Answers in', accepted: 'Accepts', asked: 'Asked', hours: '%{hours} h (median)', percent: '%{percent}%', archived: 'archived', archive_title: 'Archive %{name}', archive_hint: 'The firm can then no longer be assigned. Running work orders go on.', archived_done: 'Archived', show_archived: 'Show archived', undeliverable: 'undeliverable', away: 'away until %{day}', orders: 'Tickets and maintenance', no_orders: 'No tickets with this firm yet.', need_contact: 'At least one contact with an e-mail address is needed.',
  },
  workspaces: {
    title: 'Workspaces', create: 'Add workspace', edit: 'Edit workspace', search: 'Name, address', empty: 'No workspaces yet. Add the first building.', name: 'Name', short: 'Short name', short_hint: 'stands in the subject of e-mails', street: 'Street and number', postal_code: 'Postcode', city: 'City', country: 'Country', time_zone: 'Time zone', holiday_region: 'Holidays', billing: 'Billing recipient', invoice_email: 'E-mail for invoices', on_call: 'On-call phone', responsible: 'Responsible unless said otherwise', address: 'Address', archive_title: 'Archive %{name}', archive_hint: 'New tickets are then no longer possible there. Running ones go on.', orders: 'Tickets', asset_count: '%{smart_count} asset |||| %{smart_count} assets', as_organisation: 'as the organisation', invoices: 'Invoices',
  },
  assets: {
    title: 'Assets', create: 'Add asset', edit: 'Edit asset', search: 'Number, name', empty: 'No assets yet. Add what is maintained.', number: 'Number', name: 'Name', category: 'Category', location: 'Exact place', workspace: 'Workspace', manufacturer: 'Manufacturer', model: 'Model', serial: 'Serial number', installed: 'Installed on', warranty: 'Warranty until', notes: 'Notes', orders: 'Tickets about this asset', archive_title: 'Archive %{name}', archive_hint: 'The asset can then no longer be chosen.', parent: 'Part of', no_orders: 'No tickets about this asset yet.',
  },
  users: {
    title: 'Users', invite: 'Invite user', invite_send: 'Invite and send', invited: 'The invitation is being sent', search: 'Name, e-mail', empty: 'Nobody but you yet.', name: 'Name', email: 'E-mail', role: 'Role', workspaces: 'Workspaces', all_workspaces: 'all', chosen: '%{count} chosen', status: 'Status', active: 'active', pending: 'invited %{at}', again: 'Invite again', remove: 'Remove …', remove_title: 'Remove %{name}', remove_hint: 'Loses access at once. What was written stays.', removed: 'Removed', change: 'Role and workspaces', changed: 'Changed', role_admin: 'Everything, including users and settings', role_coordinator: 'Hands out work and follows it up', role_technician: 'Sees only what is assigned to them', you: 'you', language: 'Language',
  },
  review: {
    title: 'To review', lead: 'E-mails that need a decision. Nothing is lost.', empty: 'Every e-mail has its place.', kept: 'What is not decided is deleted after 90 days.', original: 'Original', headers: 'Headers', becomes: 'Becomes this message', proof: 'Check', proven: 'Sender proven (SPF, DKIM)', unproven: 'Sender not proven', failed: 'Sender is false: the check failed', cut_back: 'Show what was cut', suggestion: 'Suggestion: %{number}', no_suggestion: 'No suggestion', no_suggestion_text: 'Nothing in this e-mail fits a ticket.', attach_to: 'Attach to %{number} and open it', attach_message: 'Attach and go on here', choose: 'Choose another ticket or maintenance order …', make_ticket: 'Make a new ticket of it …', answer: 'Answer the sender …', discard: 'Discard …', trust: 'Trust this address for %{number}',
    attached: 'Attached', ticket_made: 'Ticket created', answered: 'The answer is being sent', discarded: 'Discarded', choose_title: 'Choose a ticket or maintenance order', choose_label: 'Number or title', choose_submit: 'Attach', choose_trust: 'Trust this address for that ticket from now on', ticket_title: 'New ticket from this e-mail', answer_title: 'Answer to %{email}', answer_label: 'Your answer', answer_send: 'Send', discard_title: 'Discard e-mail', discard_hint: 'It does not become a message. It stays in the mail log for 90 days.', discard_reason: 'Reason', move: 'move', pick: 'choose', asks_then: 'Once attached, the ticket asks whether it is a yes.', machine_question: 'The decision is final; the e-mail stays in the log.',
    fits: 'Fits', fits_not: 'Does not fit', back: 'To the list', files: 'Files', pick_one: 'Choose an e-mail on the left.', unknown: 'Unknown sender',
  },
  review_reason: {
    reply_address: 'Reply address is right', references: 'Refers to our e-mail', number_in_subject: 'Number in the subject', open_assignment: 'Last open request to this firm', known_contact: 'Sender is a known contact',
    other_address_of_company: 'Other address of the same company', unknown_address: 'Address not in the directory', proved_sender: 'Sender proven', proof_failed: 'The check of the sender failed', no_proof: 'Sender not proven', spam: 'Marked as spam', order_over: 'That ticket is closed or cancelled already',
  },
  mails: {
    title: 'Mail log', search: 'Subject, address', out: 'Sent', in: 'Received', problems: 'Problems', all: 'All', empty: 'No e-mails yet.', col_mail: 'E-mail', col_to: 'To', col_from: 'From', col_status: 'Status', col_order: 'Ticket', col_at: 'When', why: 'Why', cause: 'Cause', reason: 'Reason', resend: 'Send again', resend_title: 'Send again to %{email}', resend_hint: 'The same e-mail goes out once more.', resent: 'Is being sent again', events: 'What the mail service reports', no_events: 'No report from the mail service yet.', text: 'Text', html: 'HTML', duplicate: 'May have arrived twice', sent: 'Sent', no_body: 'The content is written when it is sent.', gone: 'The content is no longer stored.', partners: 'This e-mail went to somebody of the partner, who does not show its people.', direction: 'Direction',
    cause_title: 'Why did I get this?',
    rule: 'Rule',
    rule_minutes: 'after %{amount} minute without an answer |||| after %{amount} minutes without an answer',
    rule_business_hours: 'after %{amount} business hour without an answer |||| after %{amount} business hours without an answer',
    rule_working_days: 'after %{amount} working day without an answer |||| after %{amount} working days without an answer',
    again: 'Sent once more',
    cause_hint: 'You decide how often you hear about your tickets.',
    cause_profile: 'Change in your profile',
    empty_hint: 'Every e-mail that Gewerk sends or receives is listed here with what became of it. The first goes out when you assign a ticket.',
    resent_as: 'Sent again',
    resend_of: 'Repeats',
    look: 'View the e-mail',
  },
  mail_event: { Delivery: 'Delivered', Bounce: 'Not delivered', SpamComplaint: 'Reported as spam', SubscriptionChange: 'Suppression changed' },
  settings: {
    title: 'Settings', organisation: 'Organisation', hours: 'Business hours', escalation: 'Escalation policy', sender: 'Mail sender', pause: 'Outgoing e-mail', name: 'Name', phone: 'Phone', on_call: 'On-call service (emergencies)', locale: 'Country and language', time_zone: 'Time zone', region: 'Holidays of', currency: 'Currency', workspace_word: 'What we call a workspace', ticket_letter: 'Letter for tickets', maintenance_letter: 'Letter for maintenance orders', sender_name: 'Name of the sender', mail_name: 'Inbound address', mail_name_hint: 'Replies come to this address.', footer: 'Legal footer of e-mails', legal_url: 'Address of the legal notice', privacy_url: 'Address of the privacy notice', saved: 'Saved', hours_hint: 'Working days and business hours of the policy count only within these times.', closed: 'closed', from: 'from', until: 'until', add_span: 'Time', read_only: 'Only the administration may change this.',
    pause_on: 'Outgoing e-mail is paused', pause_off: 'Outgoing e-mail is being sent', pause_hint: 'While paused, nothing is sent and nothing is forgotten. Answer deadlines are extended by the pause.', pause_button: 'Pause …', resume_button: 'Resume', pause_title: 'Pause outgoing e-mail', pause_confirm: 'Pause', paused: 'Paused', resumed: 'E-mail is being sent again',
    read_only_names: 'Only the administration may change this: %{names}.',
    legal_missing: 'Missing: %{what}. Without these addresses your e-mails and public pages carry no link to them.',
    legal_missing_link: 'Enter the addresses',
    legal_name: 'the legal notice',
    privacy_name: 'the privacy notice',
    and: 'and',
  },
  policy: {
    title: 'Escalation policy', lead: 'applies when a firm does not answer', after: 'After', step: 'Step', remove: 'Remove step %{number}', move_up: 'Move step %{number} up', move_down: 'Move step %{number} down', answer_by_is: 'Step %{number} is also the “answer by” of the mail.', answer_by_none: 'No step gives a deadline. The mail then has no “answer by”.', minutes: 'minutes', business_hours: 'business hours', working_days: 'working days', remind: 'Remind the firm', last_reminder: 'Last reminder', tell_responsible: 'Tell the responsible person', tell_admins: 'Tell the administrators',
    counted_from: 'Time from delivery. Reminders counted in working days go at', nobody_answers: 'If still nobody answers', offer_next: 'Hand on to the next firm', offer_next_off: 'Off. Until you switch it on, a person always decides.', offer_next_on: 'On. The next firm is asked by itself.', withdraw: 'Withdraw the request', withdraw_off: 'Off. The firm waits for your decision.', withdraw_on: 'On. The firm is then told so.', promises: 'Follow up promised dates', promises_hint: 'The day before, a notice to the contact on site; in the evening, a question to the firm.', never: 'Warranty work is never handed on or withdrawn by itself. In emergencies each mail names the on-call service and 112.', preview: 'Preview', start: 'Request delivered on', delivered: 'Request delivered', from_now: 'Start today', afterwards: 'after that', nothing: 'Nothing by itself', in_mail: 'In the mail: “%{sentence}”', weekend: 'weekend', saved: 'The policy applies to new requests.', unsaved: 'Unsaved changes. Running requests keep their policy.', reset: 'Discard', amount: 'How much', unit: 'Unit', action: 'What happens', around_clock: 'around the clock', saturday: 'Saturday', sunday: 'Sunday', closed_day: 'not a working day', holiday: 'holiday',
    after_minutes: 'After %{amount} minute |||| After %{amount} minutes',
    after_business_hours: 'After %{amount} business hour |||| After %{amount} business hours',
    after_working_days: 'After %{amount} working day |||| After %{amount} working days',
    on: 'on',
    off: 'off',
  },
  health: {
    title: 'Operation', lead: 'How the installation is doing. No content of organisations is shown here.', announced: 'Oldest unannounced change', outbox: 'Queue', open: 'Open requests', running: 'Running processes', without: 'Open without a process', review: 'To review', rejected: 'Not readable, last 14 days', operator_held: 'To review without organisation', bounced: 'Undeliverable', refused: 'Refused', unclear: 'Unclear', late: 'Late steps', attention: 'Processes that need somebody', heartbeats: 'Heartbeats', last: 'last %{at}', is_late: 'late', alive: 'alive', temporal: 'Open Temporal', mail: 'Outgoing e-mail of the installation', mail_on: 'Outgoing e-mail is being sent', mail_off: 'Outgoing e-mail of all organisations is paused', mail_hint: 'Applies to all organisations. Nothing is lost; deadlines are extended by the pause.', pause: 'Pause all …', resume: 'Resume', pause_title: 'Pause all outgoing e-mail', pause_confirm: 'Pause all', seconds: '%{count} seconds', none: 'none', fine: 'Everything runs.', not_fine: 'Please look', search: 'Find a ticket in Temporal', search_label: 'Number, e.g. M-2026-00042', search_hint: 'Shows all processes of that ticket.', work: 'Work', mails: 'E-mails',
  },
} as const satisfies Pick<Messages, 'firms' | 'workspaces' | 'assets' | 'users' | 'review' | 'review_reason' | 'mails' | 'mail_event' | 'settings' | 'policy' | 'health'>;
