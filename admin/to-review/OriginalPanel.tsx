import { useState } from 'react';
import { Panel } from '../parts/Panel.tsx';
import { CheckCircleIcon, FileIcon, MailIcon, WarningIcon } from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { HeldMail } from '../providers/types.ts';
import { markCut } from './cut-lines.ts';

/** The mail as it came: what will be cut is struck through, never hidden. */
export function OriginalPanel({ mail }: { mail: HeldMail }) {
  const t = useT();
  const format = useFormat();
  const [hasHeaders, setHasHeaders] = useState(false);
  const { original } = mail;
  return (
    <Panel title={t('review.original')} icon={<MailIcon fontSize="small" />} flush className="review-original"
      end={<button type="button" className="linklike" aria-expanded={hasHeaders} onClick={() => setHasHeaders(!hasHeaders)}>{t('review.headers')}</button>}>
      <dl className="facts review-facts">
        <dt>{t('thread.from')}</dt><dd>{original.from}</dd>
        <dt>{t('thread.to')}</dt><dd>{original.to}</dd>
        <dt>{t('thread.subject')}</dt><dd>{original.subject}</dd>
        <dt>{t('thread.received')}</dt><dd>{format.dateTime(original.receivedAt)}</dd>
        <dt>{t('review.proof')}</dt><dd><Proof proof={mail.proof ?? null} /></dd>
      </dl>
      {hasHeaders ? <pre className="pre review-headers">{original.headers.map((one) => `${one.name}: ${one.value}`).join('\n')}</pre> : null}
      <div className="review-text">
        {markCut(original.text ?? mail.visible, mail.visible).map((line, at) => (
          <span key={at} className={line.isCut ? 'is-cut' : ''}>{line.text}{'\n'}</span>
        ))}
      </div>
      {mail.attachments.length > 0 ? (
        <ul className="review-files" aria-label={t('review.files')}>
          {mail.attachments.map((one) => (
            <li key={one.name} className="file-chip">{one.url ? <a href={one.url} target="_blank" rel="noreferrer"><FileIcon /> {one.name}</a> : <><FileIcon /> {one.name}</>}, {format.size(one.size)}</li>
          ))}
        </ul>
      ) : null}
    </Panel>
  );
}

function Proof({ proof }: { proof: string | null }) {
  const t = useT();
  if (proof === 'pass') return <span className="icon-line good"><CheckCircleIcon />{t('review.proven')}</span>;
  if (proof === 'fail') return <span className="icon-line danger"><WarningIcon />{t('review.failed')}</span>;
  return <span className="icon-line waiting"><WarningIcon />{t('review.unproven')}</span>;
}
