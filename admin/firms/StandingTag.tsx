import { BlockIcon, StarIcon } from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';
import type { Firm } from '../providers/types.ts';

/** Preferred, blocked (with the reason), archived; nothing to say for a normal firm. */
export function StandingTag({ firm }: { firm: Firm }) {
  const t = useT();
  if (firm.archivedAt) return <span className="tag">{t('firms.archived')}</span>;
  if (firm.standing === 'preferred') return <span className="tag is-accepted"><StarIcon />{t('firms.preferred')}</span>;
  if (firm.standing === 'blocked') return <span className="tag is-danger" title={firm.blockedReason ?? ''}><BlockIcon />{t('firms.blocked')}</span>;
  return <span className="second">{t('firms.normal')}</span>;
}
