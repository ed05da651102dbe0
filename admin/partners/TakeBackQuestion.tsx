import { Checkbox, FormControlLabel } from '@mui/material';
import { Link } from 'react-router-dom';
import { WarningIcon } from '../parts/icons.ts';
import { useT, useWords } from '../parts/speech.ts';
import type { ShareEffect } from '../providers/partner-types.ts';

type QuestionProps = { readonly orders: ShareEffect['toTakeBack']; readonly isConfirmed: boolean; readonly onConfirmed: (isOn: boolean) => void };

/** Work that the partner could not see any more goes back to the client, once somebody has read which. */
export function TakeBackQuestion({ orders, isConfirmed, onConfirmed }: QuestionProps) {
  const t = useT();
  const words = useWords();
  return (
    <div className="note-box is-waiting">
      <WarningIcon aria-hidden />
      <div>
        <p className="strong">{t('partners.take_back_title', { smart_count: orders.length })}</p>
        <ul>{orders.map((one) => <li key={one.id}><Link to={`/work-orders/${one.id}/show`}>{one.number}</Link> {one.title} <span>({words.assignmentStatus[one.assignmentStatus]})</span></li>)}</ul>
        <p>{t('partners.take_back_instead')}</p>
        <FormControlLabel control={<Checkbox checked={isConfirmed} onChange={(_, isOn) => onConfirmed(isOn)} />} label={t('partners.take_back_confirm', { smart_count: orders.length })} />
      </div>
    </div>
  );
}

/** Work that is reported done must be checked before the partner loses sight of it. */
export function CheckFirst({ orders }: { readonly orders: ShareEffect['toCheck'] }) {
  const t = useT();
  return (
    <div className="note-box is-danger">
      <WarningIcon aria-hidden />
      <div>
        <p className="strong">{t('partners.check_first', { smart_count: orders.length })}</p>
        <ul>{orders.map((one) => <li key={one.id}><Link to={`/work-orders/${one.id}/show`}>{one.number}</Link> {one.title}</li>)}</ul>
      </div>
    </div>
  );
}
