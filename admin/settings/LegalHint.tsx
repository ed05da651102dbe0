import { Link } from 'react-router-dom';
import { WarningIcon } from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';
import type { Settings } from '../providers/types.ts';

/** Says while the addresses of legal and privacy notice are missing: mails and public pages then lack their links. */
export function LegalHint({ settings, isHere }: { readonly settings: Settings; readonly isHere: boolean }) {
  const t = useT();
  const missing = [settings.legalUrl ? null : t('settings.legal_name'), settings.privacyUrl ? null : t('settings.privacy_name')].filter((one) => one !== null);
  if (missing.length === 0) return null;
  return (
    <p className="note-box is-waiting settings-hint">
      <WarningIcon />
      <span>{t('settings.legal_missing', { what: missing.join(` ${t('settings.and')} `) })} {isHere || !settings.can['edit'] ? null : <Link to="/settings/sender">{t('settings.legal_missing_link')}</Link>}</span>
    </p>
  );
}
