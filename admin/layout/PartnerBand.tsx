import { useAsPartner } from '../as-partner/use-partner.ts';
import { AccountLink } from '../parts/AccountLink.tsx';
import { LockIcon, SwitchIcon } from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';
import { ownAccountId } from '../providers/session.ts';

/** In whose account somebody works as a partner, and the way back; an ended partnership says that it is a record. */
export function PartnerBand() {
  const t = useT();
  const asPartner = useAsPartner();
  const own = ownAccountId();
  if (!asPartner) return null;
  return (
    <p className={`band partner-band ${asPartner.isEnded ? 'is-ended' : ''}`}>
      <span className="band-text">{asPartner.isEnded ? <LockIcon /> : <SwitchIcon />}{t(asPartner.isEnded ? 'partner_band.ended' : 'partner_band.working', { client: asPartner.clientName })}</span>
      {own ? <AccountLink account={own} className="band-end">{t('partner_band.back')}</AccountLink> : null}
    </p>
  );
}
