import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router-dom';
import { PageHead } from '../parts/PageHead.tsx';
import { Panel } from '../parts/Panel.tsx';
import { Answer } from '../parts/States.tsx';
import { usePortal } from '../parts/portal.ts';
import { useT, useWords, wordFor } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { MailCause as Cause } from '../providers/types.ts';

/** *Why did I get this?*, for a recipient who has no mail log: order, step and rule of this one mail. */
export function MailCause() {
  const { id = '' } = useParams();
  const portal = usePortal();
  const asked = useQuery({ queryKey: ['mails', 'cause', id], queryFn: () => portal.mailCause(id) });
  return <Answer query={asked} rows={5}>{(mail) => <CausePage mail={mail} />}</Answer>;
}

function CausePage({ mail }: { mail: Cause }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const kind = wordFor(words.mail, mail.template);
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [t('mails.col_mail'), [kind, mail.subject].filter(Boolean).join(': ')],
    [t('mails.col_to'), mail.toEmail],
    [t('mails.sent'), format.dateTime(mail.sentAt ?? mail.createdAt)],
    [t('mails.col_order'), mail.workOrder ? <Link key="order" to={`/work-orders/${mail.workOrder.id}/show`}>{mail.workOrder.number}</Link> : null],
    [t('mails.why'), mail.why],
    [t('mails.rule'), mail.after ? t(`mails.rule_${mail.after.unit}`, { smart_count: mail.after.amount, amount: format.number(mail.after.amount, mail.after.amount % 1 === 0 ? 0 : 2) }) : null],
    [t('mails.again'), mail.isAgain ? t('action.yes') : null],
  ];
  return (
    <div className="form-page">
      <PageHead title={t('mails.cause_title')} />
      <Panel>
        <dl className="facts">{facts.filter(([, value]) => Boolean(value)).map(([label, value]) => <div key={label} style={{ display: 'contents' }}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
        <p className="note-box" style={{ marginTop: 10 }}><span>{t('mails.cause_hint')} <Link to="/profile">{t('mails.cause_profile')}</Link></span></p>
      </Panel>
    </div>
  );
}
