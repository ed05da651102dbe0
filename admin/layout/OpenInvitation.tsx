import { MailIcon } from '../parts/icons.ts';
import { useCommand } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import type { Accounts } from '../providers/partner-types.ts';
import { sessionNow } from '../providers/session.ts';

/** An invitation that waits for whoever is signed in. Answering it needs the mail's link, which is sent again to their own address: that the mailbox is still theirs is proven anew. */
export function OpenInvitation({ invitation }: { invitation: Accounts['invitations'][number] }) {
  const t = useT();
  const send = useCommand((portal, id: string) => portal.sendInvitationLink(id), { refreshes: ['accounts'], saysFailure: true });
  const email = sessionNow()?.user.email ?? '';
  return (
    <>
      <MailIcon aria-hidden />
      <span role={send.isSuccess ? 'status' : undefined}>{send.isSuccess ? t('accounts.link_sent', { email }) : t('accounts.invitation', { name: invitation.clientName })}</span>
      {send.isSuccess ? null : <button type="button" className="linklike strong" disabled={send.isPending} onClick={() => send.mutate(invitation.id)}>{t('accounts.send_link', { email })}</button>}
    </>
  );
}
