import { Button, Tab, Tabs } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useMay } from '../layout/account-context.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { MailFrame } from '../parts/MailFrame.tsx';
import { OneRecord } from '../parts/OneRecord.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Panel } from '../parts/Panel.tsx';
import { MailStatusChip } from '../parts/StatusChip.tsx';
import { useCommand } from '../parts/portal.ts';
import { useCodeWord, useMailReason, useT, useWords, wordFor } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { MailDetails } from '../providers/types.ts';
import { MailCause } from './MailCause.tsx';
import '../parts/record-page.css';

/** One mail: why it was sent, what became of it, its content, and sending it again; who has no log sees why they got it. */
export function MailShow() {
  const may = useMay();
  return may('mail_log.read') ? <LoggedMail /> : <MailCause />;
}

function LoggedMail() {
  return <OneRecord<MailDetails> resource="mails">{(mail) => <MailPage mail={mail} />}</OneRecord>;
}

function MailPage({ mail }: { mail: MailDetails }) {
  const t = useT();
  const words = useWords();
  const [isAsking, setIsAsking] = useState(false);
  const resend = useCommand((portal, id: string) => portal.resendMail(id), { refreshes: ['mails'], said: 'mails.resent' });
  return (
    <>
      <PageHead title={mail.subject ?? wordFor(words.mail, mail.template)} crumbs={[{ label: t('mails.title'), to: '/mails' }]} beside={<MailStatusChip status={mail.status} />}
        actions={mail.can['resend'] ? <Button variant="outlined" onClick={() => setIsAsking(true)}>{t('mails.resend')} …</Button> : null} />
      <ActionDialog isOpen={isAsking} title={t('mails.resend_title', { email: mail.toEmail ?? mail.toName ?? '' })} confirm={t('mails.resend')} onClose={() => setIsAsking(false)} onConfirm={() => resend.mutateAsync(mail.id)}>
        <p>{t('mails.resend_hint')}</p>
      </ActionDialog>
      <div className="record-page">
        <Body mail={mail} />
        <aside><Panel title={t('order.details')}><Facts mail={mail} /></Panel>{mail.direction === 'out' ? <Events mail={mail} /> : null}</aside>
      </div>
    </>
  );
}

function Body({ mail }: { mail: MailDetails }) {
  const t = useT();
  const [tab, setTab] = useState<'html' | 'text'>(mail.html ? 'html' : 'text');
  const isWritten = mail.html !== null || mail.text !== null;
  const isPartners = mail.direction === 'out' && mail.toEmail === null;
  return (
    <Panel flush>
      {isWritten ? (
        <>
          <Tabs value={tab} onChange={(_, next: 'html') => setTab(next)} style={{ padding: '0 14px' }}>
            {mail.html ? <Tab value="html" label={t('mails.html')} /> : null}
            <Tab value="text" label={t('mails.text')} />
          </Tabs>
          {tab === 'html' && mail.html ? <MailFrame html={mail.html} title={mail.subject ?? ''} height={620} /> : <div className="pre panel-body">{mail.text}</div>}
        </>
      ) : <p className="panel-body second">{t(mail.status === 'queued' || mail.status === 'sending' ? 'mails.no_body' : isPartners ? 'mails.partners' : 'mails.gone')}</p>}
    </Panel>
  );
}

function Facts({ mail }: { mail: MailDetails }) {
  const t = useT();
  const reasonWord = useMailReason();
  const words = useWords();
  const format = useFormat();
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [t('mails.col_to'), mail.direction === 'out' ? [mail.toName, mail.toEmail].filter(Boolean).join(', ') : null],
    [t('mails.col_from'), mail.direction === 'in' ? [mail.fromName, mail.fromEmail].filter(Boolean).join(', ') : null],
    [t('mails.col_at'), format.dateTime(mail.createdAt)],
    [t('mails.sent'), mail.sentAt ? format.dateTime(mail.sentAt) : null],
    [t('mails.col_order'), mail.workOrderId ? <Link key="order" to={`/work-orders/${mail.workOrderId}/show`}>{mail.workOrderNumber}</Link> : null],
    [t('mails.why'), mail.why ?? causeWord(mail.cause, words)],
    [t('mails.reason'), reasonWord(mail.statusReason)],
    [t('mails.resent_as'), mail.resentAsMailId ? <Link key="as" to={`/mails/${mail.resentAsMailId}/show`}>{t('mails.look')}</Link> : null],
    [t('mails.resend_of'), mail.resendOfMailId ? <Link key="of" to={`/mails/${mail.resendOfMailId}/show`}>{t('mails.look')}</Link> : null],
    [t('mails.duplicate'), mail.isPossibleDuplicate ? t('action.yes') : null],
  ];
  return <dl className="facts">{facts.filter(([, value]) => Boolean(value)).map(([label, value]) => <div key={label} style={{ display: 'contents' }}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>;
}

/** Why it was sent: an event, or a step of the escalation policy (the last parts of its key). */
function causeWord(cause: string | null | undefined, words: ReturnType<typeof useWords>): string {
  if (!cause) return '';
  if (cause in words.event) return wordFor(words.event, cause);
  const step = cause.split(':').find((part) => part in words.planned);
  return step ? wordFor(words.planned, step) : cause;
}

function Events({ mail }: { mail: MailDetails }) {
  const t = useT();
  const eventWord = useCodeWord('mail_event');
  const format = useFormat();
  return (
    <Panel title={t('mails.events')}>
      {mail.events.length === 0 ? <p className="second">{t('mails.no_events')}</p> : (
        <dl className="facts">
          {mail.events.map((one) => {
            return <div key={`${one.recordType}${one.occurredAt}`} style={{ display: 'contents' }}><dt>{format.near(one.occurredAt)}</dt><dd>{[eventWord(one.recordType), one.detail].filter(Boolean).join(': ')}</dd></div>;
          })}
        </dl>
      )}
    </Panel>
  );
}
