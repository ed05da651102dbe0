import english from 'ra-language-english';
import { clients } from './en/clients.ts';
import { frame } from './en/frame.ts';
import { mails } from './en/mails.ts';
import { orders } from './en/orders.ts';
import { partners } from './en/partners.ts';
import { records } from './en/records.ts';
import type { Messages } from './shape.ts';

/** All English words of the portal; react-admin brings its own, which speak American and know no en dash: a few are ours. */
export const en = {
  ra: {
    ...(english.ra as Messages['ra']),
    navigation: { ...(english.ra.navigation as Messages['ra']['navigation']), page_range_info: '%{offsetBegin}–%{offsetEnd} of %{total}', partial_page_range_info: '%{offsetBegin}–%{offsetEnd} of more than %{offsetEnd}' },
    auth: { ...(english.ra.auth as Messages['ra']['auth']), logout: 'Sign out', auth_check_error: 'Please sign in.' },
  },
  ...frame,
  ...orders,
  ...records,
  ...partners,
  ...clients,
  ...mails,
} as const satisfies Messages;
