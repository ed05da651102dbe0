import { MailIcon } from '../parts/icons.ts';
import { useCommand } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import type { Accounts } from '../providers/partner-types.ts';
import { sessionNow } from '../providers/session.ts';

/**
 * An invitation that waits for whoever is signed in. Answering it needs the link of a mail, which is sent again to their
 * own address: a login may outlive its mailbox.
 */
export function OpenInvitation({ invitation }: { invitation: Accounts['invitations'][number] }) {
  const t = useT();
  const send = useCommand((portal, id: string) => portal.sendInvitationLink(id), { refreshes: ['accounts'], saysFailure: true });
  return (
    <>
      <MailIcon aria-hidden />
      {send.isSuccess ? <span role="status">{t('accounts.link_sent', { email: sessionNow()?.user.email ?? '' })}</span> : (
        <span>
          {t('accounts.invitation', { name: invitation.clientName })}{' '}
          <button type="button" className="linklike strong" disabled={send.isPending} onClick={() => send.mutate(invitation.id)}>{t('accounts.send_link')}</button>
        </span>
      )}
    </>
  );
}
