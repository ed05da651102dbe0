import { Button } from '@mui/material';
import { Link } from 'react-router-dom';
import { undeliverableWord } from '#domain/words/mail-reasons.ts';
import { ArchiveButton } from '../parts/RecordLists.tsx';
import { Initials, Panel } from '../parts/Panel.tsx';
import { OneRecord } from '../parts/OneRecord.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { EditIcon } from '../parts/icons.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Firm, FirmContact } from '../providers/types.ts';
import { RelatedOrders } from '../work-orders/RelatedOrders.tsx';
import { telOf } from '../work-orders/thread-entries.ts';
import { PartnerButton } from './PartnerButton.tsx';
import { StandingTag } from './StandingTag.tsx';
import '../parts/record-page.css';

/** A firm with its people, how it answers, and its work. */
export function FirmShow() {
  return <OneRecord<Firm> resource="firms">{(firm) => <FirmPage firm={firm} />}</OneRecord>;
}

function FirmPage({ firm }: { firm: Firm }) {
  const t = useT();
  const actions = (
    <>
      <PartnerButton firm={firm} />
      {firm.can['edit'] ? <Button variant="outlined" startIcon={<EditIcon />} component={Link} to={`/firms/${firm.id}`}>{t('action.edit')}</Button> : null}
      <ArchiveButton resource="firms" record={firm} name={firm.company} label={t('firms.archive_title', { name: firm.company })} hint={t('firms.archive_hint')} />
    </>
  );
  return (
    <>
      <PageHead title={firm.company} crumbs={[{ label: t('firms.title'), to: '/firms' }]} beside={<StandingTag firm={firm} />} actions={actions} />
      <div className="record-page">
        <div>
          <Panel title={t('firms.contacts')} count={firm.contacts.length} flush><ul>{firm.contacts.map((one) => <ContactLine key={one.id} contact={one} />)}</ul></Panel>
          <RelatedOrders title={t('firms.orders')} empty={t('firms.no_orders')} filter={{ firmId: firm.id }} />
        </div>
        <aside><Panel title={t('order.details')}><Facts firm={firm} /></Panel></aside>
      </div>
    </>
  );
}

function ContactLine({ contact }: { contact: FirmContact }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  return (
    <li className="contact-line">
      <Initials name={contact.name} />
      <span className="contact-name">
        <span className="strong">{contact.name}</span> {contact.roles.map((role) => <span key={role} className="tag">{words.contactRole[role]}</span>)}
        <br /><a href={`mailto:${contact.email}`}>{contact.email}</a>{contact.phone ? <> · <a href={telOf(contact.phone)}>{contact.phone}</a></> : null}
      </span>
      {contact.isUndeliverable ? <span className="tag is-danger" title={undeliverableWord(words, contact.undeliverableReason)}>{t('firms.undeliverable')}</span> : null}
      {contact.awayUntil ? <span className="tag is-waiting">{t('firms.away', { day: format.nearDay(new Date(contact.awayUntil)) })}</span> : null}
    </li>
  );
}

function Facts({ firm }: { firm: Firm }) {
  const t = useT();
  const format = useFormat();
  const { statistics } = firm;
  return (
    <dl className="facts">
      {firm.phone ? <><dt>{t('firms.phone')}</dt><dd><a href={telOf(firm.phone)}>{firm.phone}</a></dd></> : null}
      <dt>{t('firms.trades')}</dt><dd>{firm.trades.join(', ') || '–'}</dd>
      <dt>{t('firms.access')}</dt><dd>{t(firm.access === 'email' ? 'firms.access_email' : 'firms.access_partner')}</dd>
      <dt>{t('firms.language')}</dt><dd>{firm.locale ?? t('firms.language_default')}</dd>
      {firm.needsNoAcceptance ? <><dt>{t('firms.no_acceptance')}</dt><dd>{t('action.yes')}</dd></> : null}
      {firm.blockedReason ? <><dt>{t('firms.blocked_reason')}</dt><dd className="danger">{firm.blockedReason}</dd></> : null}
      {statistics && statistics.asked > 0 ? (
        <>
          <dt>{t('firms.asked')}</dt><dd>{statistics.asked}</dd>
          <dt>{t('firms.accepted')}</dt><dd>{t('firms.percent', { percent: Math.round((statistics.accepted / statistics.asked) * 100) })}</dd>
          {statistics.medianAnswerHours === null ? null : <><dt>{t('firms.answered_in')}</dt><dd>{t('firms.hours', { hours: format.number(statistics.medianAnswerHours, 1) })}</dd></>}
        </>
      ) : null}
      {firm.notes ? <><dt>{t('firms.notes')}</dt><dd className="pre">{firm.notes}</dd></> : null}
    </dl>
  );
}
