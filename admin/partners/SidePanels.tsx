import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { Breakable } from '../parts/Breakable.tsx';
import { FactList, type Fact } from '../parts/FactList.tsx';
import { CheckIcon, CloseIcon } from '../parts/icons.ts';
import { Panel } from '../parts/Panel.tsx';
import { Answer } from '../parts/States.tsx';
import { usePortal } from '../parts/portal.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { PartnershipDetails } from '../providers/partner-types.ts';
import type { Firm } from '../providers/types.ts';
import { telOf } from '../work-orders/thread-entries.ts';
import { partnershipSentence } from './history-words.ts';

type Props = { readonly partnership: PartnershipDetails };
/** More stands under *Verlauf*. */
const SHOWN_EVENTS = 6;

/** How it came to stand as it does: the last events, oldest first. */
export function StatusPanel({ partnership }: Props) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const shown = partnership.history.filter((one) => !one.name.endsWith('shares_changed')).slice(-SHOWN_EVENTS);
  return (
    <Panel title={t('partners.status')}>
      <ol className="plan partner-steps">
        {shown.map((event, at) => (
          <li key={`${event.name}${event.at}${at}`} className="plan-line is-done">
            <span className="plan-at"><time dateTime={event.at} title={format.dateTime(event.at)}>{format.near(event.at)}</time></span>
            <span><Breakable text={partnershipSentence(event, words, format.near, format.date)} />{event.by ? <span className="second"> {t('partners.by', { name: event.by })}</span> : null}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** The partner as a firm of the directory: whom to reach, how it answers. */
export function FirmPanel({ partnership }: Props) {
  const t = useT();
  const portal = usePortal();
  const asked = useQuery({ queryKey: ['firms', 'full', partnership.firmId], queryFn: async () => (await portal.getOne('firms', { id: partnership.firmId })).data as unknown as Firm });
  return (
    <Panel title={t('firms.company')} end={<Link to={`/firms/${partnership.firmId}/show`} className="strong">{t('partners.in_directory')}</Link>}>
      <Answer query={asked} rows={4}>{(firm) => <FirmFacts firm={firm} partnership={partnership} />}</Answer>
    </Panel>
  );
}

function FirmFacts({ firm, partnership }: Props & { readonly firm: Firm }) {
  const t = useT();
  const format = useFormat();
  const { contact } = partnership;
  const { statistics } = firm;
  const phone = contact?.phone ?? firm.phone;
  const facts: Fact[] = [
    [t('partners.administration'), contact?.name ?? partnership.acceptedByName],
    [t('firms.email'), contact?.email ? <a href={`mailto:${contact.email}`}><Breakable text={contact.email} /></a> : null],
    [t('firms.phone'), phone ? <a href={telOf(phone)}>{phone}</a> : null],
    [t('firms.trades'), firm.trades.join(', ')],
    [t('firms.access'), t(firm.access === 'partner' ? 'firms.access_partner' : 'firms.access_email')],
    [t('firms.answered_in'), statistics?.medianAnswerHours == null ? null : t('firms.hours', { hours: format.number(statistics.medianAnswerHours, 1) })],
    [t('firms.accepted'), statistics && statistics.asked > 0 ? t('partners.accepted_of', { accepted: statistics.accepted, asked: statistics.asked }) : null],
    [t('partners.people'), partnership.status === 'accepted' ? t(partnership.showsPeople ? 'partners.shows_people' : 'partners.hides_people') : null],
  ];
  return <FactList facts={facts} />;
}

/** What a partnership means for what is seen, in three lines. */
export function SeesPanel({ partnership }: Props) {
  const t = useT();
  if (partnership.status !== 'accepted' && partnership.status !== 'invited') return null;
  return (
    <Panel title={t(partnership.status === 'accepted' ? 'partners.sees' : 'partners.will_see')}>
      <ul className="sees">
        <li><CheckIcon className="good" /><span>{t('partners.sees_assets')}</span></li>
        <li><CheckIcon className="good" /><span>{t('partners.sees_orders')}</span></li>
        <li><CloseIcon className="danger" /><span>{t('partners.sees_not')}</span></li>
      </ul>
    </Panel>
  );
}
