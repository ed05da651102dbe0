import type { Messages } from '../shape.ts';

/** Words of partners: invitations, shares, accounts of clients, and work across them. */
export const partners = {
  partners: {
    title: 'Partners', invite: 'Invite partner', search: 'Company, person, e-mail', empty: 'No partners yet. Invite the company you work with most often: it then sees its work orders and the assets you share by itself.',
    empty_reader: 'No partners yet. An administrator can invite one.', status: 'Status', since: 'As of', open_orders: 'Running',
    running: '%{smart_count} work order |||| %{smart_count} work orders', workspace_count: '%{smart_count} shared |||| %{smart_count} shared', asset_count: '%{smart_count} asset |||| %{smart_count} assets',
    status_invited: 'Invited', status_reminded: 'Reminded', status_bounced: 'Not delivered', status_accepted: 'Accepted', status_declined: 'Declined', status_expired: 'Expired', status_withdrawn: 'Withdrawn', status_ending: 'Ending', status_ended: 'Ended',
    valid_until: 'valid until %{day}', invited_by: 'by %{name}, %{at}', ends_on: 'ends on %{day}', ended_at: 'ended %{at}', since_day: 'since %{day}', by: 'by %{name}',
    invite_title: 'Invite partner', invite_lead: 'The company gets an invitation by e-mail. Once it accepts, it works in an account of its own on the work orders you give it.', invite_send: 'Invite and send', invited_done: 'The invitation is being sent',
    firm: 'Company', firm_hint: 'From the directory, or a new one', firm_known: 'From the directory. Work orders running by e-mail go on unchanged.', firm_new: 'New company: it will be added to the directory.',
    email: 'E-mail address', email_hint: "Of the person who is to administer the company's account", name: "Person's name", message: 'Message', message_hint: 'Optional. Stands in the e-mail.', to_share: 'Share', to_share_hint: 'Nothing is shared before the invitation is accepted. Afterwards you can choose single assets in the partner details.',
    tab_shares: 'Shares', tab_orders: 'Work orders', tab_invitation: 'Invitation', tab_history: 'Timeline', no_orders: 'No work orders with this partner yet.',
    could_see: 'What %{name} could see until the end', may_see: 'What %{name} may see', share_search: 'Workspace or asset', no_workspaces: 'No workspaces yet. What does not exist cannot be shared.', fold: 'Close %{name}', unfold: 'Open %{name}', share_switch: 'Share %{name}',
    not_served: 'deselected by the partner: “%{reason}”', unticked: 'deselected', not_shared: 'not shared', not_shared_hint: 'The partner sees nothing of this workspace.', all_assets: 'its one asset |||| all %{smart_count} assets', some_assets: '%{count} of %{total} assets',
    scope: 'What is shared: %{name}', scope_all: 'All assets, future ones too', scope_chosen: 'Chosen assets only', tree: 'Assets in %{name}', no_assets: 'There are no assets in this workspace yet.', no_asset_found: 'No asset fits “%{q}”.',
    changes: '%{smart_count} change. |||| %{smart_count} changes.', changes_when: 'In force from the next request.', gains: '%{smart_count} asset more |||| %{smart_count} assets more', loses: '%{smart_count} asset less |||| %{smart_count} assets less', affects: 'running now: %{numbers} |||| running now: %{numbers}',
    shares_save: 'Save shares', shares_saved: 'Shares saved',
    invited: 'Invited', other_email: 'Other address named', last_reminder: 'Last reminder', valid: 'Valid until', accepted_at: 'Accepted', closed_at: 'Ended on', do_extend: 'Extend', do_resend: 'Send again', do_withdraw: 'Withdraw …', do_other: 'Check other address',
    extend_title: 'Extend invitation', extend_hint: 'The link in the e-mail is valid until the end of this day. No e-mail is sent for this: the new day is on the page of the invitation and in the next reminder.', extend_later: 'Please choose a later day, %{day} at the earliest.', extended: 'Invitation extended', resend_title: 'Send invitation again', resend_hint: 'The new link replaces the old one, and the 30 days start anew.', resend_send: 'Send again', resent: 'The invitation is being sent again',
    withdraw_title: 'Withdraw the invitation to %{name}', withdraw_hint: 'The link stops working at once, and the invited person is told.', withdraw_send: 'Withdraw and send', withdrawn: 'Invitation withdrawn',
    other_title: 'Other address', other_hint: '%{invited} is not the right person and names %{email}.', other_yes: 'Invite %{email}', other_no: 'Stay with %{invited}', other_send: 'Invite and send', other_keep: 'Dismiss address',
    note_bounced: 'The invitation to %{email} did not arrive. Check the address and send it again.', note_other: 'The invited person names another address: %{email}. Please decide under Invitation.', note_asked_again: '%{email} wanted to open the expired invitation and asks for a new one.', note_blocked: 'This firm is blocked in the directory and cannot be invited.', note_archived: 'This firm is archived in the directory. Restore it there to invite it again.', note_ending: 'The collaboration ends on %{day}.', note_ended: 'The collaboration has ended. Both sides keep what happened until then.', end_reason: 'Reason: %{reason}',
    administration: 'Administrator', in_directory: 'In the directory', accepted_of: '%{accepted} of %{asked}', people: 'Their people', shows_people: 'shown by name', hides_people: 'not shown',
    sees: 'The partner sees', will_see: 'The partner will see', sees_assets: 'shared assets', sees_orders: 'only work orders that it takes part in', sees_not: 'no internal comments, no other firms',
    assign_title: 'Assign work to %{name}', assign_go: 'Next', assign_order: 'Which work order?', assign_hint: 'Shown are open ones that nobody was asked to do yet.', assign_none: 'Nothing open without an assignment.',
    end: 'End collaboration …', end_title: 'End the collaboration with %{name}', end_hint: 'After the last day %{name} sees no assets and can change only what is still to be finished. What has happened stays readable on both sides.', end_day: 'Last day', end_day_hint: 'Everything goes on until the end of this day.', end_reason_hint: 'The partner reads it.', end_orders: 'What becomes of the running work order? |||| What becomes of the %{smart_count} running work orders?', end_no_orders: 'No work order is running with this partner.', end_what: 'What happens to it', end_finish: 'Still to be finished', end_take_back: 'Take back', end_hand_on: 'Hand to another firm', end_to: 'To which firm?', end_confirm: 'End collaboration', end_done: 'The collaboration is ending',
    keep: 'Take ending back', kept: 'The collaboration goes on', preview_empty: 'Name a company and an address. Then you see the e-mail here.',
    given: 'own person named', given_to: '%{name} named',
    invite_as_partner: 'Invite as partner', to_partner: 'Partner details', share_and_assign: 'Share and assign', workspace_not_shared: '%{workspace} is not shared with %{name} yet. You can share the workspace as you assign.', workspace_shared: 'full access', will_be_shared: '%{workspace} will be shared with %{name}: all assets, future ones too.',
  },
  accounts: {
    not_found: 'Not found. This account does not exist, or it is not meant for you.', to_own: 'To your own account', own: 'Own organisation', clients: 'Clients',
    partner_workspaces: 'Partner · %{smart_count} workspace |||| Partner · %{smart_count} workspaces', ended: 'Partner · ended', all_orders: 'All work orders of my clients',
    invitation: 'You are invited to collaborate with %{name}.', send_link: 'E-mail me the link', link_sent: 'The link to the invitation is on its way to %{email}.', none_title: 'No account yet', none: 'You are signed in as %{email} and belong to no organisation. If you are invited to one, the link comes by e-mail.', late: '%{count} past the deadline', failed: 'Your clients could not be loaded.',
    open_count: '%{count} open',
  },
  partner_band: {
    working: 'You are working in the account of %{client}, as a partner', back: 'Back to your own account', ended: 'The collaboration with %{client} has ended. You can read everything, but no longer change anything.',
    ending: 'The collaboration with %{client} ends on %{day}.', over: 'The collaboration with %{client} ended on %{day}. What you accepted can still be finished.',
  },
} as const satisfies Pick<Messages, 'partners' | 'accounts' | 'partner_band'>;
