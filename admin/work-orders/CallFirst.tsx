import { PhoneIcon } from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';
import type { Assignment } from '../providers/types.ts';
import { assigneeName, telOf } from './thread-entries.ts';

/** Before work is taken from somebody who has accepted: they may be on the way, and a mail is read too late. */
export function CallFirst({ assignment }: { readonly assignment: Assignment }) {
  const t = useT();
  const who = assigneeName(assignment);
  const phone = assignment.contact?.phone ?? assignment.firm?.phone ?? null;
  return (
    <p className="note-box is-waiting">
      <PhoneIcon /><span>{phone ? t('steer.cancel_phone', { phone, who }) : t('steer.cancel_phone_unknown', { who })} {phone ? <a href={telOf(phone)}>{t('action.call')}</a> : null}</span>
    </p>
  );
}
