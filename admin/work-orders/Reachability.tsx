import { Button } from '@mui/material';
import { Link } from 'react-router-dom';
import { useNotify } from 'react-admin';
import { HourglassIcon, MailIcon, PhoneIcon, WarningIcon } from '../parts/icons.ts';
import { useCommand, useSayFailure } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Assignment } from '../providers/types.ts';
import { useOrderDialog } from './order-actions.tsx';
import { telOf } from './thread-entries.ts';

/** Why nothing can be sent to whom is asked, and how to mend it; after that, sending the request again. */
export function Reachability({ assignment, hasCall }: { assignment: Assignment; /** The phone stands beside it already. */ hasCall?: true }) {
  const t = useT();
  const open = useOrderDialog();
  const { can, contact, firm, sendingBlockedBy } = assignment;
  const phone = contact?.phone ?? firm?.phone;
  if (!sendingBlockedBy && !can['sendAgain']) return null;
  return (
    <div className="reachability">
      {sendingBlockedBy ? <p className="second danger icon-line"><WarningIcon />{t('reach.blocked')} {contact?.email}</p> : null}
      {can['correctAddress'] ? <Button fullWidth variant="contained" startIcon={<MailIcon />} onClick={() => open({ kind: 'correct_address', assignment })}>{t('reach.correct')}</Button> : null}
      {sendingBlockedBy && phone && !hasCall ? <Button fullWidth variant="outlined" startIcon={<PhoneIcon />} href={telOf(phone)}>{t('reach.call', { phone })}</Button> : null}
      {can['sendAgain'] ? <Button fullWidth variant="contained" startIcon={<MailIcon />} onClick={() => open({ kind: 'send_again', assignment })}>{t('reach.again')}</Button> : null}
    </div>
  );
}

/** A note of absence names somebody whom nobody knows: one click adds and asks them, or leaves it. */
export function DeputyProposal({ assignment }: { assignment: Assignment }) {
  const t = useT();
  const format = useFormat();
  const notify = useNotify();
  const sayFailure = useSayFailure();
  const decide = useCommand((portal, isTaken: boolean) => portal.decideDeputy(assignment.id, isTaken), { refreshes: ['work-orders', 'firms'] });
  const { deputy } = assignment;
  if (!deputy) return null;
  const who = deputy.name ? `${deputy.name} (${deputy.email})` : deputy.email;
  const choose = (isTaken: boolean): void => decide.mutate(isTaken, {
    onSuccess: () => notify(isTaken ? 'reach.deputy_taken' : 'reach.deputy_left', { type: 'success' }),
    onError: sayFailure,
  });
  return (
    <div className="proposal">
      <span className="icon-line"><HourglassIcon />{deputy.awayUntil ? t('reach.deputy_until', { day: format.nearDay(new Date(`${deputy.awayUntil}T12:00:00Z`)), who }) : t('reach.deputy', { who })}</span>
      {deputy.isOtherCompany ? <span className="icon-line"><WarningIcon />{t('reach.deputy_other')}</span> : null}
      {deputy.inboundMailId ? <Link to={`/mails/${deputy.inboundMailId}/show`}>{t('reach.deputy_note')}</Link> : null}
      {assignment.can['decideDeputy'] ? (
        <span className="proposal-buttons">
          <Button variant="contained" disabled={decide.isPending} onClick={() => choose(true)}>{t('reach.deputy_take')}</Button>
          <Button variant="outlined" disabled={decide.isPending} onClick={() => choose(false)}>{t('reach.deputy_leave')}</Button>
        </span>
      ) : null}
    </div>
  );
}
