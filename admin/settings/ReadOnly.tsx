import { useMay } from '../layout/account-context.ts';
import { LockIcon } from '../parts/icons.ts';
import { useRecords } from '../parts/records.ts';
import { useT } from '../parts/speech.ts';

/** Who may change what stands here, by name, for everybody who may not. */
export function WhoMayChange() {
  const t = useT();
  const may = useMay();
  const admins = useRecords('users', {}, may('user.read')).filter((one) => one.role === 'admin');
  const names = admins.map((one) => one.name).join(', ');
  return <p className="note-box settings-note"><LockIcon /><span>{names ? t('settings.read_only_names', { names }) : t('settings.read_only')}</span></p>;
}
