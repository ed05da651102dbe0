import { Alert, Button, Checkbox, FormControlLabel } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router-dom';
import { useNotify } from 'react-admin';
import { useShortcut } from '../layout/shortcuts.tsx';
import { useMay } from '../layout/account-context.ts';
import { AddIcon, CheckIcon, CloseIcon, DeleteIcon, LinkIcon, MailIcon, SearchIcon, SendIcon } from '../parts/icons.ts';
import { StatusChip } from '../parts/StatusChip.tsx';
import { useCommand } from '../parts/portal.ts';
import { useCodeWord, useErrorText, useT } from '../parts/speech.ts';
import type { HeldMail } from '../providers/types.ts';
import { AnswerDialog, ChooseDialog, DiscardDialog, TicketDialog } from './DecideDialogs.tsx';

type Props = { readonly mail: HeldMail; readonly onDecided: () => void };
type DialogName = 'choose' | 'ticket' | 'answer' | 'discard' | null;

/** Numbered actions; attaching never accepts by itself: the order asks that in its own conversation. */
export function Decide({ mail, onDecided }: Props) {
  const t = useT();
  const may = useMay();
  const notify = useNotify();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const [isTrusted, setIsTrusted] = useState(false);
  const [dialog, setDialog] = useState<DialogName>(null);
  const order = mail.suggestion?.workOrder ?? null;
  const attach = useCommand((portal, workOrderId: string) => portal.attachHeld(mail.id, {
    workOrderId, isAddressTrusted: isTrusted, ...(mail.suggestion?.assignment ? { assignmentId: mail.suggestion.assignment.id } : {}),
  }), { refreshes: ['to-review', 'work-orders'], onDone: () => notify('review.attached', { type: 'success' }) });
  const take = (): void => { if (order) attach.mutate(order.id, { onSuccess: () => void navigate(`/work-orders/${order.id}/show`) }); };
  const keep = (): void => { if (order) attach.mutate(order.id, { onSuccess: onDecided }); };
  const mayDecide = may('to_review.decide') && mail.can['decide'] !== false;
  const close = (): void => setDialog(null);
  return (
    <>
      <Suggested mail={mail} />
      {mayDecide ? (
        <section className="panel review-actions">
          {order ? (
            <>
              <Numbered number={1} icon={<LinkIcon />} isMain isActive={!attach.isPending} onAct={take}>{t('review.attach_to', { number: order.number })}</Numbered>
              <Numbered number={2} icon={<MailIcon />} isActive={!attach.isPending} onAct={keep}>{t('review.attach_message')}</Numbered>
            </>
          ) : null}
          <Numbered number={3} icon={<SearchIcon />} onAct={() => setDialog('choose')}>{t('review.choose')}</Numbered>
          <Numbered number={4} icon={<AddIcon />} onAct={() => setDialog('ticket')}>{t('review.make_ticket')}</Numbered>
          <Numbered number={5} icon={<SendIcon />} onAct={() => setDialog('answer')} isActive={mail.fromEmail !== null}>{t('review.answer')}</Numbered>
          {attach.error ? <Alert severity="error">{errorText(attach.error)}</Alert> : null}
          <div className="review-end">
            {order ? <FormControlLabel control={<Checkbox checked={isTrusted} onChange={(_, next) => setIsTrusted(next)} />} label={t('review.trust', { number: order.number })} /> : <span />}
            <Button color="error" startIcon={<DeleteIcon />} onClick={() => setDialog('discard')}>{t('review.discard')}</Button>
          </div>
          {order ? <p className="second">{t('review.asks_then')}</p> : null}
        </section>
      ) : null}
      {dialog === 'choose' ? <ChooseDialog mail={mail} onClose={close} onDecided={onDecided} /> : null}
      {dialog === 'ticket' ? <TicketDialog mail={mail} onClose={close} onDecided={onDecided} /> : null}
      {dialog === 'answer' ? <AnswerDialog mail={mail} onClose={close} onDecided={onDecided} /> : null}
      {dialog === 'discard' ? <DiscardDialog mail={mail} onClose={close} onDecided={onDecided} /> : null}
    </>
  );
}

type NumberedProps = { readonly number: number; readonly icon: ReactNode; readonly isMain?: boolean; readonly isActive?: boolean; readonly onAct: () => void; readonly children: ReactNode };

function Numbered({ number, icon, isMain, isActive = true, onAct, children }: NumberedProps) {
  useShortcut(String(number), onAct, isActive);
  return (
    <Button fullWidth variant={isMain && isActive ? 'contained' : 'outlined'} startIcon={icon} disabled={!isActive} onClick={onAct} className="review-action" aria-keyshortcuts={String(number)}>
      <span>{children}</span><kbd className="kbd" aria-hidden>{number}</kbd>
    </Button>
  );
}

function Suggested({ mail }: { mail: HeldMail }) {
  const t = useT();
  const { suggestion } = mail;
  const order = suggestion?.workOrder;
  if (!order) return <section className="panel review-suggestion"><b>{t('review.no_suggestion')}</b><p className="second">{t('review.no_suggestion_text')}</p><Reasons mail={mail} /></section>;
  return (
    <section className="panel review-suggestion is-known">
      <div className="icon-line"><LinkIcon /><b>{t('review.suggestion', { number: order.number })}</b> <StatusChip status={order.status} /></div>
      <p>{[order.title, order.workspaceName].filter(Boolean).join(' · ')}</p>
      <Reasons mail={mail} />
    </section>
  );
}

/** What speaks for the suggestion and what against it, each in words. */
function Reasons({ mail }: { mail: HeldMail }) {
  const t = useT();
  const say = useCodeWord('review_reason');
  return (
    <ul className="review-reasons">
      {(mail.suggestion?.fits ?? []).map((code) => <li key={code} className="icon-line"><CheckIcon className="good" /><span className="hidden-text">{t('review.fits')}: </span>{say(code)}</li>)}
      {(mail.suggestion?.doesNotFit ?? []).map((code) => <li key={code} className="icon-line"><CloseIcon className="waiting" /><span className="hidden-text">{t('review.fits_not')}: </span>{say(code)}</li>)}
    </ul>
  );
}
