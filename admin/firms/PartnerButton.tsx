import { Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { useMay } from '../layout/account-context.ts';
import { PartnerIcon } from '../parts/icons.ts';
import { usePortal } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import type { Partnership } from '../providers/partner-types.ts';
import type { Firm } from '../providers/types.ts';

const LIVING: readonly Partnership['status'][] = ['invited', 'accepted'];

/** From a firm of the directory to its partnership or invitation, or to inviting it. */
export function PartnerButton({ firm }: { firm: Firm }) {
  const t = useT();
  const may = useMay();
  const portal = usePortal();
  const asked = useQuery({
    queryKey: ['partnerships', 'of-firm', firm.id], enabled: may('partner.read'),
    queryFn: async ({ signal }) => (await portal.getList('partnerships', { pagination: { page: 1, perPage: 10 }, filter: { firmId: firm.id }, signal })).data as unknown as Partnership[],
  });
  if (!asked.data) return null;
  const known = asked.data.find((one) => LIVING.includes(one.status)) ?? asked.data[0];
  if (known) return <Button variant="outlined" startIcon={<PartnerIcon />} component={Link} to={`/partnerships/${known.id}/show`}>{t('partners.to_partner')}</Button>;
  if (!may('partner.manage') || firm.archivedAt || firm.standing === 'blocked') return null;
  return <Button variant="outlined" startIcon={<PartnerIcon />} component={Link} to={`/partnerships?do=invite&firm=${firm.id}`}>{t('partners.invite_as_partner')}</Button>;
}
