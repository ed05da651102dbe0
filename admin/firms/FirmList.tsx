import { useListContext } from 'react-admin';
import { useMay } from '../layout/account-context.ts';
import { PartnerIcon, StarIcon, WarningIcon } from '../parts/icons.ts';
import { FilterChip } from '../parts/ListTools.tsx';
import { RecordList } from '../parts/RecordLists.tsx';
import type { Column } from '../parts/RecordTable.tsx';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Firm } from '../providers/types.ts';
import { StandingTag } from './StandingTag.tsx';

/** The directory of firms. */
export function FirmList() {
  const t = useT();
  const may = useMay();
  const format = useFormat();
  const columns: Column<Firm>[] = [
    { key: 'company', label: t('firms.company'), sortBy: 'company', width: '30%', render: (row) => <><span className="strong icon-line">{row.company}{row.standing === 'preferred' ? <StarIcon aria-label={t('firms.preferred')} /> : null}</span><br /><span className="second">{row.trades.join(', ')}</span></> },
    { key: 'contact', label: t('firms.contact'), render: (row) => <ContactCell firm={row} /> },
    { key: 'phone', label: t('firms.phone'), render: (row) => row.phone ?? row.contacts[0]?.phone ?? null },
    { key: 'access', label: t('firms.access'), width: '92px', render: (row) => <AccessTag firm={row} /> },
    { key: 'standing', label: t('firms.standing'), sortBy: 'standing', width: '120px', render: (row) => <StandingTag firm={row} /> },
    { key: 'answered', label: t('firms.answered_in'), render: (row) => (row.statistics?.medianAnswerHours == null ? <span className="second">–</span> : t('firms.hours', { hours: format.number(row.statistics.medianAnswerHours, 1) })) },
    { key: 'accepted', label: t('firms.accepted'), isSecondary: true, width: '90px', render: (row) => (row.statistics && row.statistics.asked > 0 ? t('firms.percent', { percent: Math.round((row.statistics.accepted / row.statistics.asked) * 100) }) : '–') },
  ];
  return (
    <RecordList<Firm> resource="firms" title={t('firms.title')} search={t('firms.search')} empty={t('firms.empty')} sort="company" columns={columns} filters={<FirmFilters />}
      filterWords={(filter) => [...(typeof filter['standing'] === 'string' ? filter['standing'].split(',').map((one) => t(`firms.${one}` as 'firms.normal')) : []), filter['includeArchived'] ? t('firms.show_archived') : null]}
      create={may('firm.manage') ? { label: t('firms.create'), to: '/firms/create' } : null} />
  );
}

function ContactCell({ firm }: { firm: Firm }) {
  const contact = firm.contacts.find((one) => !one.isUndeliverable) ?? firm.contacts[0];
  if (!contact) return null;
  return <>{contact.name}<br /><span className={contact.isUndeliverable ? 'second danger icon-line' : 'second'}>{contact.isUndeliverable ? <WarningIcon /> : null}{contact.email}</span></>;
}

/** By which door the firm works: mails with links, or an account of its own. */
function AccessTag({ firm }: { firm: Firm }) {
  const t = useT();
  return firm.access === 'partner'
    ? <span className="tag is-accepted"><PartnerIcon />{t('firms.access_partner')}</span>
    : <span className="second">{t('firms.access_email')}</span>;
}

function FirmFilters() {
  const t = useT();
  const { filterValues, setFilters } = useListContext();
  const filter = filterValues as { standing?: string; includeArchived?: boolean };
  const set = (name: string) => (value: string | undefined): void => {
    const { [name as 'standing']: _before, ...rest } = filter;
    setFilters(value === undefined ? rest : { ...rest, [name]: value });
  };
  return (
    <>
      <FilterChip label={t('firms.standing')} isMultiple value={filter.standing} onChange={set('standing')}
        options={(['normal', 'preferred', 'blocked'] as const).map((id) => ({ id, name: t(`firms.${id}`) }))} />
      <FilterChip label={t('firms.show_archived')} value={filter.includeArchived ? 'true' : undefined} onChange={set('includeArchived')} options={[{ id: 'true', name: t('action.yes') }]} />
    </>
  );
}
