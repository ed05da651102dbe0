import { Button } from '@mui/material';
import { Link } from 'react-router-dom';
import { say } from '#domain/words/index.ts';
import { Initials, Panel } from '../parts/Panel.tsx';
import { AddIcon, PhoneIcon } from '../parts/icons.ts';
import { AssignmentChip, MailStatusChip } from '../parts/StatusChip.tsx';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Assignment, Order } from '../providers/types.ts';
import { useOrderDialog } from './order-actions.tsx';
import { assigneeName, telOf } from './thread-entries.ts';

/** Who was asked, how they stand, whom to ask next. */
export function AssignmentPanel({ order }: { order: Order }) {
  const t = useT();
  const open = useOrderDialog();
  if (order.assignments.length === 0) return null;
  const byAge = [...order.assignments].sort((one, other) => Date.parse(other.offeredAt) - Date.parse(one.offeredAt));
  return (
    <Panel title={t('assign.panel')} flush end={order.can['assign'] || order.can['assignPerson'] ? (
      <Button startIcon={<AddIcon />} onClick={() => open({ kind: 'assign' })}>{t(order.can['assign'] ? 'assign.title' : 'assign.add_person')}</Button>
    ) : null}>
      <ul>{byAge.map((one) => <AssignmentLine key={one.id} assignment={one} />)}</ul>
    </Panel>
  );
}

function AssignmentLine({ assignment }: { assignment: Assignment }) {
  const t = useT();
  const format = useFormat();
  const name = assigneeName(assignment);
  const { contact, firm } = assignment;
  const phone = contact?.phone ?? firm?.phone;
  return (
    <li className="assignment-line">
      <div className="assignment-head">
        <Initials name={name} isFirm={firm !== null} />
        <span className="assignment-name">
          {firm ? <Link to={`/firms/${firm.id}/show`} className="strong">{name}</Link> : <span className="strong">{name}</span>}
          {assignment.partnershipId ? <PartnerLine assignment={assignment} partnershipId={assignment.partnershipId} /> : contact?.name ? <span className="second">{contact.name}</span> : null}
          {phone ? <a href={telOf(phone)} className="second icon-line"><PhoneIcon />{phone}</a> : null}
        </span>
        <AssignmentChip status={assignment.status} />
      </div>
      <div className="second assignment-more">
        {assignment.mailStatus && assignment.mailStatus !== 'delivered' ? <div><MailStatusChip status={assignment.mailStatus} /></div> : null}
        {contact?.isUndeliverable ? <p className="danger">{t('assign.undeliverable')}: {contact.email}</p> : null}
        {contact?.awayUntil ? <p className="waiting">{t('assign.away_until', { day: format.nearDay(new Date(contact.awayUntil)) })}</p> : null}
        {assignment.promisedFrom ? <p>{t('order.promised')}: <b>{format.window(assignment.promisedFrom, assignment.promisedUntil)}</b></p> : null}
        <AnswerNote assignment={assignment} />
        {assignment.nextFirms.length > 0 && assignment.status === 'offered' ? <p>{t('assign.next', { names: assignment.nextFirms.map((one) => one.company).join(t('assign.and_then')) })}</p> : null}
      </div>
    </li>
  );
}

/** Work of a partner: that it was given to one of its people, and to whom where it lets us see that. */
function PartnerLine({ assignment, partnershipId }: { assignment: Assignment; partnershipId: string }) {
  const t = useT();
  const { person, isPassedOn } = assignment;
  const given = person ? t('partners.given_to', { name: person.name }) : isPassedOn ? t('partners.given') : null;
  return <span className="second"><Link to={`/partnerships/${partnershipId}/show`}>{t('firms.access_partner')}</Link>{given ? ` · ${given}` : ''}</span>;
}

function AnswerNote({ assignment }: { assignment: Assignment }) {
  const words = useWords();
  const format = useFormat();
  const { declineReason, declineNote, acceptedAt, answeredByName, answerDoor, status } = assignment;
  if (status === 'declined') return <p>{[declineReason ? say(words.declineReason, declineReason) : '', declineNote ?? ''].filter(Boolean).join(': ')}</p>;
  if (!acceptedAt) return null;
  const by = [answeredByName, answerDoor ? words.door[answerDoor] : null].filter(Boolean).join(', ');
  return <p>{words.assignmentStatus.accepted} {format.near(acceptedAt)}{by ? ` (${by})` : ''}</p>;
}
