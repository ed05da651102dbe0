import type { Messages } from '../shape.ts';

/** Words of the frame around all screens: buttons, states, menu, app bar, keyboard. */
export const frame = {
  action: {
    cancel: 'Cancel', save: 'Save', close: 'Close', edit: 'Edit', create: 'Create', discard: 'Discard', remove: 'Remove',
    undo: 'Undo', show_all: 'All', more: 'More actions', call: 'Call', open: 'Open', search: 'Search', reset: 'Reset',
    archive: 'Archive', restore: 'Bring back', yes: 'Yes', no: 'No', back: 'Back', add: 'Add', filter: 'Filter',
  },
  state: {
    loading: 'Loading', failed: 'That did not work.', nothing_changed: 'Nothing was changed.', retry: 'Try again',
    offline: 'No connection. What you typed stays here.', offline_band: 'You are offline. What you see may be out of date.',
    polling_band: 'No live connection. This page asks again every 30 seconds.', not_found: 'This page does not exist, or it is not meant for you.',
    to_dashboard: 'To the overview', crashed: 'This page has crashed. Nothing was changed.', reload: 'Reload', saved: 'Saved',
    filtered_empty: 'Nothing found with: %{filters}.', clear_filters: 'Clear filters', unsaved: 'Unsaved changes',
    live_changed: 'The page was updated.', none: 'none', no_value: '–', optional: 'optional',
    undone: 'Undone',
    not_found_title: 'Not found',
    gone_title: 'No longer shared', gone: 'What was shown here is no longer shared with you, or no longer exists.',
  },
  nav: {
    dashboard: 'Overview', tickets: 'Tickets', to_review: 'To review', assets: 'Assets', workspaces: 'Workspaces', firms: 'Firms',
    orders: 'Work orders', calendar: 'Calendar', partnership: 'Collaboration', client_orders: 'Clients', partners: 'Partners', mails: 'Mail log', users: 'Users', settings: 'Settings', health: 'Operation', main: 'Main menu', open: 'Open menu',
  },
  bar: {
    search: 'Number, title, firm, address', new_ticket: 'Ticket', theme: 'Light or dark', user_menu: 'My account', profile: 'My profile',
    sign_out: 'Sign out', language: 'Language', accounts: 'Switch account', account_search: 'Find account', own: 'Own organisation',
    no_account: 'No account found.', shortcuts: 'Keyboard shortcuts', to_review_count: '%{count} e-mails to review', skip: 'Skip to content',
  },
  band: {
    late: 'Automation has stood still since %{since}. Reminders and e-mails are late; nothing is lost.',
    mail_paused: 'Outgoing e-mail is paused. It will be sent as soon as the pause ends.', mail_paused_link: 'To the settings',
    mail_paused_all: 'The operator has paused outgoing e-mail for all organisations. It is sent as soon as the pause ends.', mail_paused_all_link: 'To the operation page',
    changed: 'Changed meanwhile: %{what}', new_version: 'There is a new version of this page.',
  },
  keys: {
    ctrl: 'Ctrl', title: 'Keyboard shortcuts', on: 'Use keyboard shortcuts', search: 'Search', go: 'Go to overview, tickets, to review', accounts: 'Switch account',
    move: 'Move in lists', open: 'Open', comment: 'On a ticket: write a message', internal: 'shared or internal',
    assign: 'Assign', phone: 'Record an answer given by phone', send: 'Send', review: 'In To review: choose an action', help: 'This list',
  },
  sign_in: {
    title: 'Sign in', email: 'E-mail address', password: 'Password', submit: 'Sign in', forgotten: 'Forgotten password',
    forgotten_title: 'Forgotten password', forgotten_hint: 'We will send you a link for setting a new password.',
    forgotten_submit: 'Send link', forgotten_done: 'If there is an account for %{email}, the link will arrive within a few minutes.',
    back: 'Back to sign-in', claim: 'Work for contractors, with none forgotten.', signed_out: 'Please sign in.',
  },
  token: {
    reset_title: 'New password', reset_hint: 'For the account %{email}. All other sessions will be ended.', reset_invitation: 'After that you go on with the invitation from %{organisation}.', reset_submit: 'Set password and sign in',
    join_title: 'Invitation to %{organisation}', join_new: 'Create your account for %{email}.',
    join_known: 'You already have an account for %{email}. Your password makes you a member of %{organisation} too.', join_submit: 'Join',
    first_title: 'Set up Gewerk', first_hint: 'Create your organisation and the first account with all rights.', first_submit: 'Set up',
    name: 'First and last name', organisation: 'Name of the organisation', email: 'E-mail address', new_password: 'New password', password: 'Password',
    repeat: 'Repeat password', locale_hint: 'Time zone, holidays and currency of the organisation follow from it. You can change them in the settings.', rule: 'At least %{min} characters. A sentence of several words is easy to remember.', differs: 'The passwords differ.',
    invalid: 'This link is not valid or has already been used.', expired: 'This link has expired.', language: 'Language', ask_again: 'Request a new link',
  },
  profile: {
    title: 'My profile', person: 'Person', name: 'Name', phone: 'Phone', email: 'E-mail', language: 'Language', notices: 'E-mails about my tickets',
    notices_hint: 'You are never mailed what you did yourself.', password: 'Change password', current: 'Current password', new_password: 'New password',
    password_submit: 'Change password', password_changed: 'The password is changed. All other sessions have ended.', sessions: 'Sessions',
    sessions_hint: 'You are signed in here. Please end what you do not know and change your password.', this_one: 'this session', last_seen: 'last seen %{at}',
    signed_in: 'signed in %{at}', end: 'End', ended: 'Session ended', device: 'Unknown device', keys: 'Use keyboard shortcuts',
  },
} as const satisfies Pick<Messages, 'action' | 'state' | 'nav' | 'bar' | 'band' | 'keys' | 'sign_in' | 'token' | 'profile'>;
