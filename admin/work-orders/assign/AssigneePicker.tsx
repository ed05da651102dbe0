import { Autocomplete, TextField } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type HTMLAttributes, type Key } from 'react';
import { Initials } from '../../parts/Panel.tsx';
import { AddIcon, StarIcon, WarningIcon } from '../../parts/icons.ts';
import { usePortal } from '../../parts/portal.ts';
import { useT, useWords } from '../../parts/speech.ts';
import { useFormat } from '../../parts/time.ts';
import type { AssigneeFirm } from '../../providers/types.ts';
import { choicesOf, groupOf, narrowed, type Choice } from './choice.ts';
import './assign.css';

type PickerProps = {
  readonly workOrderId: string; readonly label: string; readonly hint?: string;
  /** Leaves out everybody else. */
  readonly only?: 'people' | 'firms' | undefined;
  /** Somebody is chosen already: the list of others does not open by itself. */
  readonly isPreselected?: boolean | undefined;
  readonly value: Choice | null; readonly onChange: (choice: Choice | null) => void;
};

/** One box for own people, firms and a new address; says how fast and how often a firm agrees, and why one is blocked. */
export function AssigneePicker({ workOrderId, label, hint = '', only, isPreselected, value, onChange }: PickerProps) {
  const t = useT();
  const portal = usePortal();
  const [q, setQ] = useState('');
  const wanted = q === value?.name ? '' : q;
  const settled = useSettled(wanted, 200);
  const asked = useQuery({
    queryKey: ['assignees', workOrderId, settled], queryFn: ({ signal }) => portal.assignees(settled, workOrderId, signal), placeholderData: keepPreviousData,
  });
  const found = choicesOf(asked.data, value ? '' : q);
  const all = settled !== wanted || asked.isPlaceholderData ? narrowed(found, wanted) : found;
  const options = only ? all.filter((one) => one.kind === (only === 'people' ? 'member' : 'firm')) : all;
  return (
    <Autocomplete<Choice>
      openOnFocus autoHighlight options={options} value={value} loading={asked.isPending} loadingText={t('state.loading')} noOptionsText={t('state.none')}
      inputValue={q} onInputChange={(_, next) => setQ(next)} onChange={(_, next) => onChange(next)}
      filterOptions={(shown) => shown} groupBy={(one) => t(`assign.${groupOf(one)}`)} getOptionLabel={(one) => one.name} isOptionEqualToValue={(one, other) => one.id === other.id}
      getOptionDisabled={(one) => one.kind === 'firm' && (one.firm.standing === 'blocked' || one.firm.hasOpenAssignment)}
      renderGroup={({ key, group, children }) => <li key={key} role="presentation"><div className="choice-group" role="presentation">{group}</div><ul role="group" aria-label={group}>{children}</ul></li>}
      renderOption={({ key, ...props }: HTMLAttributes<HTMLLIElement> & { key?: Key }, one) => <li key={`${one.kind}${one.id}`} data-key={key} {...props}><ChoiceLine choice={one} /></li>}
      renderInput={(params) => <TextField {...params} autoFocus={!isPreselected} label={label} placeholder={hint} />}
    />
  );
}

function ChoiceLine({ choice }: { choice: Choice }) {
  const t = useT();
  if (choice.kind === 'new') return <span className="choice"><AddIcon fontSize="small" /><span className="strong">{t('assign.new_option', { q: choice.name })}</span></span>;
  if (choice.kind === 'member') return <span className="choice"><Initials name={choice.name} /><span className="strong">{choice.name}</span></span>;
  return <FirmLine firm={choice.firm} />;
}

function FirmLine({ firm }: { firm: AssigneeFirm }) {
  const t = useT();
  const format = useFormat();
  const contact = firm.contacts.find((one) => !one.isUndeliverable) ?? firm.contacts[0];
  const isBlocked = firm.standing === 'blocked';
  const isAtHome = firm.access === 'partner';
  const second = isBlocked
    ? t('assign.blocked_reason', { reason: firm.blockedReason ?? '–' })
    : [isAtHome ? t('partners.workspace_shared') : contact?.name, firm.trades.join(', '), firm.standing === 'preferred' ? t('assign.preferred') : null, !isAtHome && contact?.awayUntil ? t('assign.away_until', { day: format.nearDay(new Date(contact.awayUntil)) }) : null].filter(Boolean).join(' · ');
  return (
    <span className="choice">
      <Initials name={firm.company} isFirm />
      <span className="choice-name"><span className="strong icon-line">{firm.company}{firm.standing === 'preferred' ? <StarIcon /> : null}</span><br /><span className="second">{second}</span></span>
      <span className="second choice-end">
        {isBlocked ? t('assign.not_selectable') : firm.hasOpenAssignment ? t('assign.already_asked') : contact?.isUndeliverable && !isAtHome
          ? <span className="icon-line waiting"><WarningIcon />{t('assign.undeliverable')}</span> : <FirmStatistics firm={firm} />}
      </span>
    </span>
  );
}

function FirmStatistics({ firm }: { firm: AssigneeFirm }) {
  const t = useT();
  const format = useFormat();
  const words = useWords();
  const { statistics } = firm;
  if (!statistics || statistics.asked === 0) return <>{t('assign.never_asked')}</>;
  const parts = [
    statistics.medianAnswerHours === null ? null : t('assign.answers_in', { hours: format.number(statistics.medianAnswerHours, statistics.medianAnswerHours < 10 ? 1 : 0) }),
    t('assign.accepts', { percent: Math.round((statistics.accepted / statistics.asked) * 100) }),
  ];
  return <span title={words.assignmentKind[firm.access]}>{parts.filter(Boolean).join(' · ')}</span>;
}

/** A value that has not changed for so many milliseconds. */
export function useSettled<Value>(value: Value, milliseconds: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
