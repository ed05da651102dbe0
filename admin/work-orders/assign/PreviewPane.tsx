import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useAccount } from '../../layout/account-context.ts';
import { Empty, Failed, LoadingRows } from '../../parts/States.tsx';
import { MailIcon, ProcessIcon, WarningIcon } from '../../parts/icons.ts';
import { MailFrame } from '../../parts/MailFrame.tsx';
import { usePortal } from '../../parts/portal.ts';
import { useT, useWords } from '../../parts/speech.ts';
import { useFormat } from '../../parts/time.ts';
import type { AssignInput, AssignPreview } from '../../providers/types.ts';
import { actionWord } from '../process-words.ts';
import { useSettled } from './AssigneePicker.tsx';

/** The mail rendered by the server from the template that will be sent; asked 400 ms after the last key. */
export function useAssignPreview(orderId: string, input: AssignInput | null): UseQueryResult<AssignPreview> {
  const portal = usePortal();
  const settled = useSettled(input ? JSON.stringify(input) : '', 400);
  return useQuery({
    queryKey: ['assign-preview', orderId, settled],
    queryFn: () => portal.previewAssignment(orderId, JSON.parse(settled) as AssignInput),
    enabled: settled !== '' && input !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}

type Shown = 'desk' | 'phone' | 'text';

export function PreviewPane({ input, preview }: { input: AssignInput | null; preview: UseQueryResult<AssignPreview> }) {
  const t = useT();
  const [shown, setShown] = useState<Shown>('desk');
  return (
    <section className="assign-preview" aria-label={t('assign.preview')}>
      <div className="assign-preview-head">
        <h3>{t('assign.preview')}</h3>
        <span role="group">
          {(['desk', 'phone', 'text'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={shown === one} className={`filter-chip ${shown === one ? 'is-set' : ''}`} onClick={() => setShown(one)}>{t(`assign.preview_${one}`)}</button>
          ))}
        </span>
      </div>
      {!input ? <div className="assign-mail"><Empty text={t('assign.preview_empty')} icon={<MailIcon />} /></div>
        : preview.data ? <Mail preview={preview.data} shown={shown} />
        : <div className="assign-mail">{preview.error ? <Failed error={preview.error} onRetry={() => void preview.refetch()} /> : <LoadingRows rows={8} />}</div>}
      {input && preview.data ? <Notes preview={preview.data} /> : null}
    </section>
  );
}

function Mail({ preview, shown }: { preview: AssignPreview; shown: Shown }) {
  const t = useT();
  const { account } = useAccount();
  if (!preview.html && !preview.text) return <div className="assign-mail"><Empty text={t('assign.no_mail')} /></div>;
  return (
    <div className="assign-mail">
      <dl className="facts">
        <dt>{t('assign.from')}</dt><dd>{account.organisation.name}</dd>
        <dt>{t('assign.to')}</dt><dd>{preview.to.map((one) => [one.name, one.email].filter(Boolean).join(', ')).join('; ')}</dd>
        <dt>{t('assign.subject')}</dt><dd><b>{preview.subject}</b></dd>
      </dl>
      {shown === 'text' || !preview.html
        ? <pre className="pre mail-plain">{preview.text}</pre>
        : <MailFrame html={preview.html} title={preview.subject ?? ''} height={470} {...(shown === 'phone' ? { width: 360 } : {})} />}
    </div>
  );
}

function Notes({ preview }: { preview: AssignPreview }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const steps = preview.plan.map((one) => `${actionWord(one.action, words, one.number)} ${format.near(one.at)}`);
  return (
    <>
      {preview.warnings.filter((code) => code !== 'workspace_not_shared').map((code) => <p key={code} className="note-box is-waiting"><WarningIcon />{t(`assign.warning_${code}`)}</p>)}
      <p className="note-box">
        <ProcessIcon /><span>{steps.length > 0 ? t('assign.plan', { steps: steps.join(' · ') }) : t('assign.plan_none')} <Link to="/settings/escalation" target="_blank">{t('assign.rule_link')}</Link></span>
      </p>
    </>
  );
}
