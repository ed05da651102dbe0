import type { Messages } from '../shape.ts';

/** What a partner reads in the account of a client, and across all of its clients. */
export const clients = {
  client: {
    orders: 'Work orders', col_order: 'Work order', search: 'Search work orders', search_all: 'Number, our number, title, address', awaiting: 'Awaiting answer', no_orders: 'No work orders from %{client} yet.', list_hint: 'You see the work orders that your company takes part in. The client sees “Our person” only if you allow it in your settings.',
    own_work: 'Our work order', own_side: 'Only for us', own_person: 'Our person', own_number: 'Our number', own_person_hint: 'Whoever you name gets an e-mail.', own_hint: 'The client does not see our number, and our person only if you allow it.', nobody: 'Nobody yet', no_date: 'No date yet', observing: 'Your company observes this work order.', stop_observing: 'Stop observing',
    waits_answer: '%{client} is waiting for your answer', waits_date: '%{client} is waiting for a date', waits_visit: 'The date is set', waits_done: 'Work is under way', waits_hold: 'Work is on hold', waits_check: '%{client} is checking your work', waits_nothing: 'There is nothing left for you to do',
    accept: 'Accept', accept_title: 'Accept work order', accept_hint: '%{client} is told at once that you accept.', accepted: 'Work order accepted', decline: 'Decline …', decline_title: 'Decline work order', decline_hint: '%{client} will then look for somebody else.', decline_send: 'Decline', decline_note: 'Note (optional)', declined: 'Work order declined', name_date: 'Name a date', change_date: 'Change date',
    only_us: 'Only %{name}', placeholder_internal: 'Internal note, stays in your company', internal_of: 'internal · %{name}', client_reference: 'Their number', contractor_reference: 'Our number there', responsible: 'Responsible',
    settings_title: 'Working with %{client}', people: 'Our people', show_people: '%{client} may see which of us is assigned', people_hint: 'Otherwise the client only learns that somebody is assigned.', served: 'Workspaces', served_hint: 'You get no work orders for what you deselect. The client reads the reason.', served_none: 'Nothing is shared yet.', not_served_why: 'Why not? (optional)', not_served: 'Deselect', not_served_reason: '“%{reason}”', not_served_title: 'Not served by us', stop_serving: 'We do not serve this …', stop_serving_title: 'Stop serving %{name}', no_workspaces: '%{client} has not shared any workspaces yet.',
    dispatch: 'Who gets new work orders?', dispatch_hint: 'Requests and reminders are mailed to this person or mailbox.', dispatch_all: 'All workspaces', dispatch_default: 'Administrators and coordinators', dispatch_as_all: 'as for all workspaces', dispatch_mailbox: 'Shared mailbox …', dispatch_email: 'E-mail address of the mailbox',
    ending: 'End the collaboration', ending_hint: 'After the last day you no longer see assets of %{client} and can change only what is still to be finished. What has happened stays readable. The client decides on running work orders.',
    no_assets: '%{client} has not shared any assets yet.',
    unassigned: 'Nobody named', answer: 'Answer', give: 'Assign', tile_answer: 'unanswered', tile_give: 'to assign', tile_give_hint: 'accepted, nobody named', tile_work: 'at work', tile_work_hint: 'given to you', tile_overdue_hint: 'the day has passed', tile_check: 'being checked', tile_check_hint: 'by the client', requests: 'New requests', requests_empty: 'No request waits for your answer.', to_give: 'Nobody assigned yet', to_give_empty: 'Somebody is assigned to each work order that you accepted.', my_work: 'My work', my_work_empty: 'Nothing is given to you at present.', week_title: 'Due this week', week_empty: 'Nothing is due this week.', check_title: 'Being checked', check_empty: '%{client} has checked all that is done.',
    col_number: 'Number', date_from: 'Visit from', date_until: 'Visit until', export: 'Export', export_first: 'The first %{count} work orders were exported. Narrow the list to get the rest.',
  },
  client_orders: {
    list: 'List', calendar: 'Calendar', inbox: 'Inbox', client: 'Client', filters: 'these filters', empty: 'No open work orders from your clients.', inbox_empty: 'Nothing is waiting for you.', no_clients: 'Your company is not a partner of anybody yet.',
  },
  calendar: {
    month: 'Month', week: 'Week', today: 'Today', earlier: 'Earlier', later: 'Later', span: 'Span', due: 'Due', promised: 'Appointment', empty: 'Nothing is due and no date is set in this time.',
  },
} as const satisfies Pick<Messages, 'client' | 'client_orders' | 'calendar'>;
