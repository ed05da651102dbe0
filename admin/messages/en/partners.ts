import type { Messages } from '../shape.ts';

/** Words of partners: invitations, shares, accounts of clients, and work across them. */
export const partners = {
  accounts: {
    not_found: 'Not found. This account does not exist, or it is not meant for you.', to_own: 'To your own account', own: 'Own organisation', clients: 'Clients',
    partner_workspaces: 'Partner · %{smart_count} workspace |||| Partner · %{smart_count} workspaces', ended: 'Partner · ended', all_orders: 'All work orders of my clients',
    invitation: 'Open invitation from %{name}', view: 'View', link_sent: 'The link to the invitation is being sent to %{email} again.', late: '%{count} past the deadline', failed: 'Your clients could not be loaded.',
    open_count: '%{count} open',
  },
  partner_band: {
    working: 'You are working in the account of %{client}, as a partner', back: 'Back to your own account', ended: 'The collaboration with %{client} has ended. You can read everything, but no longer change anything.',
    ending: 'The collaboration with %{client} ends on %{day}.',
  },
} as const satisfies Pick<Messages, 'accounts' | 'partner_band'>;
