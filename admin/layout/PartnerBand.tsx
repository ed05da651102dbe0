import { endingWords, useAsPartner } from '../as-partner/use-partner.ts';
import { AccountLink } from '../parts/AccountLink.tsx';
import { LockIcon, SwitchIcon } from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import { ownAccountId } from '../providers/session.ts';

/** In whose account somebody works as a partner, until when, and the way back; an ended partnership says that it is a record. */
export function PartnerBand() {
  const t = useT();
  const format = useFormat();
  const asPartner = useAsPartner();
  const own = ownAccountId();
  if (!asPartner) return null;
  const { clientName, isEnded, endsOn, endedAt } = asPartner;
  const ending = isEnded || endsOn ? t(endingWords({ isEnded, endedAt }), { client: clientName, day: endsOn ? format.date(endsOn) : '' }) : null;
  const text = isEnded ? ending : [t('partner_band.working', { client: clientName }), ending].filter(Boolean).join('. ');
  return (
    <p className={`band partner-band ${isEnded ? 'is-ended' : ''}`}>
      <span className="band-text">{isEnded ? <LockIcon /> : <SwitchIcon />}{text}</span>
      {own ? <AccountLink account={own} className="band-end">{t('partner_band.back')}</AccountLink> : null}
    </p>
  );
}
