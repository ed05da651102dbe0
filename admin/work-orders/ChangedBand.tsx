import { IconButton } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { say } from '#domain/words/index.ts';
import { CloseIcon, EyeIcon } from '../parts/icons.ts';
import { hasJustActed } from '../parts/portal.ts';
import { useT, useWords } from '../parts/speech.ts';
import type { Order } from '../providers/types.ts';
import { foreignChange } from './foreign-change.ts';

const SHOWN_MS = 30_000;

/** Somebody else changed how this stands while it was open: a band says what; the buttons below have followed already. */
export function ChangedBand({ order }: { order: Order }) {
  const t = useT();
  const words = useWords();
  const before = useRef(order);
  const [what, setWhat] = useState('');
  useEffect(() => {
    const change = foreignChange(before.current, order);
    before.current = order;
    if (!change || hasJustActed()) return;
    setWhat(change.kind === 'assignment'
      ? `${change.who}: ${words.assignmentStatus[change.status]}`
      : say(words.workOrderStatus, change.status, { reason: order.waitingReason ? words.holdReason[order.waitingReason] : '' }));
    const timer = setTimeout(() => setWhat(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [order, words]);
  if (!what) return null;
  return (
    <p className="note-box is-waiting changed-band" role="status">
      <EyeIcon />{t('band.changed', { what })}
      <span className="note-end"><IconButton aria-label={t('action.close')} onClick={() => setWhat('')}><CloseIcon style={{ fontSize: 16 }} /></IconButton></span>
    </p>
  );
}
