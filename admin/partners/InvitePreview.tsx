import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Empty, Answer } from '../parts/States.tsx';
import { MailIcon } from '../parts/icons.ts';
import { MailFrame } from '../parts/MailFrame.tsx';
import { usePortal } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import type { InvitationPreview, InviteInput } from '../providers/partner-types.ts';
import { useSettled } from '../work-orders/assign/AssigneePicker.tsx';

/** The invitation as the server would mail it; asked 400 ms after the last key, its link left out. */
export function InvitePreview({ input }: { input: InviteInput | null }) {
  const t = useT();
  const portal = usePortal();
  const settled = useSettled(input ? JSON.stringify(input) : '', 400);
  const asked = useQuery({
    queryKey: ['invitation-preview', settled], queryFn: () => portal.previewInvitation(JSON.parse(settled) as InviteInput),
    enabled: settled !== '' && input !== null, placeholderData: keepPreviousData, gcTime: 0, retry: false,
  });
  return (
    <section className="invite-preview" aria-label={t('assign.preview')}>
      <h3>{t('assign.preview')}</h3>
      <div className="invite-mail">
        {input ? <Answer query={asked} rows={8}>{(preview) => <Mail preview={preview} email={input.email} />}</Answer> : <Empty text={t('partners.preview_empty')} icon={<MailIcon />} />}
      </div>
    </section>
  );
}

function Mail({ preview, email }: { preview: InvitationPreview; email: string }) {
  const t = useT();
  return (
    <>
      <dl className="facts">
        <dt>{t('assign.to')}</dt><dd>{email}</dd>
        <dt>{t('assign.subject')}</dt><dd><b>{preview.subject}</b></dd>
      </dl>
      <MailFrame html={preview.html} title={preview.subject} height={430} />
    </>
  );
}
