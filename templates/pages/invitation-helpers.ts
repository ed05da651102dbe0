import type { HelperOptions } from 'handlebars';
import { formatDateTime } from '#domain/format/dates.ts';
import { holdNumbers } from '#domain/format/no-break.ts';
import type { Locale } from '#domain/statuses.ts';
import { fill, type SayData } from '#domain/words/index.ts';
import type { InvitationJoinPage, InvitationNoticePage } from './data.ts';
import { pageWordsOf, type PageWordKey } from './words/words.ts';

type Frame = { readonly locale: Locale; readonly root: InvitationNoticePage };
type Mode = InvitationJoinPage['mode'];

const GOOD: readonly InvitationNoticePage['kind'][] = ['accepted', 'declined', 'other_named', 'requested', 'password_sent', 'why'];

function factsOf({ locale, root }: Frame): SayData {
  const { name, at, email, userEmail, clientName, timeZone } = root;
  return { name, email, userEmail, clientName, at: at ? holdNumbers(formatDateTime(at, locale, timeZone)) : null };
}

function said(key: PageWordKey, options: HelperOptions): string {
  const frame = options.data as Frame;
  return fill(pageWordsOf(frame.locale)[key], factsOf(frame));
}

/** These promise a mail; while mail is paused, a later one. */
function textKey({ kind, isMailPaused }: InvitationNoticePage): PageWordKey {
  return isMailPaused && (kind === 'old' || kind === 'requested') ? `inv_${kind}PausedText` : `inv_${kind}Text`;
}

const JOIN: Readonly<Record<Mode, { readonly title: PageWordKey; readonly step: string; readonly button: PageWordKey }>> = {
  sign_in: { title: 'signIn', step: 'anmelden', button: 'signIn' },
  sign_up: { title: 'newAccount', step: 'konto', button: 'createAndAccept' },
  choose: { title: 'chooseCompany', step: 'annehmen', button: 'acceptInvitation' },
};

/** Helpers of an invitation's pages. */
export const invitationHelpers = {
  invitationTone: (kind: InvitationNoticePage['kind']): string => (GOOD.includes(kind) ? 'ok' : 'warn'),
  invitationSays: (options: HelperOptions): string => said(`inv_${(options.data as Frame).root.kind}`, options),
  invitationText: (options: HelperOptions): string => said(textKey((options.data as Frame).root), options),
  joinTitle: (mode: Mode): PageWordKey => JOIN[mode].title,
  joinStep: (mode: Mode): string => JOIN[mode].step,
  joinButton: (mode: Mode): PageWordKey => JOIN[mode].button,
};
