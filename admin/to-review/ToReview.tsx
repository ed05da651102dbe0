import { useState } from 'react';
import { useGetList } from 'react-admin';
import { Link, useNavigate, useParams } from 'react-router-dom';
import { useShortcut } from '../layout/shortcuts.tsx';
import { CheckCircleIcon, LinkIcon, MailIcon, RingIcon, ShieldIcon } from '../parts/icons.ts';
import { useFullRecord } from '../parts/full-record.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { Panel } from '../parts/Panel.tsx';
import { Answer, Empty, Failed, LoadingRows } from '../parts/States.tsx';
import { Moment } from '../parts/Moments.tsx';
import { useCodeWord, useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { HeldMail, HeldMailRow } from '../providers/types.ts';
import { Decide } from './Decide.tsx';
import { OriginalPanel } from './OriginalPanel.tsx';
import './to-review.css';

/** E-mails that need a decision: list, original, and what to make of it. */
export function ToReview() {
  const t = useT();
  const { id } = useParams();
  const navigate = useNavigate();
  const list = useGetList<HeldMailRow>('to-review', { pagination: { page: 1, perPage: 100 }, sort: { field: 'receivedAt', order: 'ASC' } }, { onError: () => undefined });
  const rows = list.data ?? [];
  const shown = rows.find((one) => one.id === id) ?? (id ? null : rows[0]);
  const at = shown ? rows.indexOf(shown) : -1;
  const move = (by: number): void => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (next) void navigate(`/to-review/${next.id}/show`, { replace: true });
  };
  useShortcut('j', () => move(1));
  useShortcut('k', () => move(-1));
  const goOn = (): void => {
    const next = rows.find((one) => one.id !== shown?.id);
    void navigate(next ? `/to-review/${next.id}/show` : '/to-review', { replace: true });
  };
  const keys = rows.length > 0 ? <span className="second review-keys" aria-hidden><kbd className="kbd">J</kbd> <kbd className="kbd">K</kbd> {t('review.move')} · <kbd className="kbd">1</kbd>–<kbd className="kbd">5</kbd> {t('review.pick')}</span> : null;
  return (
    <>
      <PageHead title={t('review.title')} count={list.total} beside={<span className="hint">{t('review.lead')}</span>} actions={keys} />
      {list.data === undefined ? (list.error ? <Failed error={list.error} onRetry={() => void list.refetch()} /> : <LoadingRows rows={6} height={64} />)
        : rows.length === 0 ? <section className="panel"><Empty text={t('review.empty')} icon={<CheckCircleIcon />} /></section> : (
          <div className={`review ${id ? 'has-chosen' : ''}`}>
            <nav className="panel review-list" aria-label={t('review.title')}>
              {rows.map((row) => <HeldRow key={row.id} row={row} isShown={row.id === shown?.id} />)}
              <p className="second review-kept">{t('review.kept')}</p>
            </nav>
            {shown ? <HeldMailView key={shown.id} id={shown.id} onDecided={goOn} /> : <section className="panel"><Empty text={t('review.pick_one')} /></section>}
          </div>
        )}
    </>
  );
}

function HeldRow({ row, isShown }: { row: HeldMailRow; isShown: boolean }) {
  const t = useT();
  return (
    <Link to={`/to-review/${row.id}/show`} className={`review-row ${isShown ? 'is-shown' : ''}`} aria-current={isShown ? 'true' : undefined}>
      <span className="review-from"><b className="one-line">{row.fromName ?? row.fromEmail ?? t('review.unknown')}</b><span className="second"><Moment at={row.receivedAt} /></span></span>
      <span className="second one-line">{row.subject}</span>
      {row.suggestion?.workOrder ? <span className="tag is-accepted"><LinkIcon />{row.suggestion.workOrder.number}</span>
        : row.proof && row.proof !== 'pass' ? <span className="tag is-hold"><ShieldIcon />{t('review.unproven')}</span> : <span className="tag"><RingIcon />{t('review.no_suggestion')}</span>}
    </Link>
  );
}

function HeldMailView({ id, onDecided }: { id: string; onDecided: () => void }) {
  const asked = useFullRecord<HeldMail>('to-review', id);
  return <Answer query={asked} rows={8}>{(mail) => <HeldMailPanels mail={mail} onDecided={onDecided} />}</Answer>;
}

function HeldMailPanels({ mail, onDecided }: { mail: HeldMail; onDecided: () => void }) {
  const t = useT();
  const format = useFormat();
  const [isWhole, setIsWhole] = useState(false);
  const canBringBack = mail.cutLines > 0 && mail.original.text !== null;
  return (
    <>
      <OriginalPanel mail={mail} />
      <div className="review-decide">
        <Link to="/to-review" className="review-back">{t('review.back')}</Link>
        <Panel title={t('review.becomes')} icon={<MailIcon fontSize="small" />} end={canBringBack ? <button type="button" className="linklike" onClick={() => setIsWhole(!isWhole)} aria-pressed={isWhole}>{t('review.cut_back')}</button> : null}>
          <article className="review-message">
            <p><b>{mail.fromName ?? mail.fromEmail}</b> <span className="tag is-shared">{t('thread.shared')}</span></p>
            <div className="pre">{isWhole ? mail.original.text : mail.visible}</div>
            {mail.attachments.length > 0 ? <p className="second">{mail.attachments.map((one) => `${one.name}, ${format.size(one.size)}`).join(' · ')}</p> : null}
          </article>
        </Panel>
        {mail.decision ? <Decided mail={mail} /> : <Decide mail={mail} onDecided={onDecided} />}
      </div>
    </>
  );
}

/** Somebody was faster, or it was just now decided here. */
function Decided({ mail }: { mail: HeldMail }) {
  const t = useT();
  const say = useCodeWord('decided');
  return (
    <section className="panel review-suggestion">
      <b>{t('decided.title')}</b>
      <p className="second">{mail.decision ? say(mail.decision) : ''}</p>
      <Link to={`/mails/${mail.id}/show`}>{t('decided.in_log')}</Link>
    </section>
  );
}
