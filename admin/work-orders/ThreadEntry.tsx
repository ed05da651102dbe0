import { Button } from '@mui/material';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useNotify } from 'react-admin';
import { useAsPartner } from '../as-partner/use-partner.ts';
import { useAccount } from '../layout/account-context.ts';
import { CheckCircleIcon, HourglassIcon, LockIcon, PeopleIcon, WarningIcon } from '../parts/icons.ts';
import { DoorIcon } from '../parts/Moments.tsx';
import { Initials } from '../parts/Panel.tsx';
import { useCommand, useSayFailure } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { MessageKey } from '../messages/shape.ts';
import type { Comment, ProposedAnswer } from '../providers/types.ts';
import { FileStrip } from './FileStrip.tsx';
import { linkNumbers } from './link-numbers.tsx';

const MailOriginalDialog = lazy(async () => ({ default: (await import('./MailOriginalDialog.tsx')).MailOriginalDialog }));

/** One message: who, by which door, who may see it, what hangs on it. */
export function ThreadEntry({ comment }: { comment: Comment }) {
  const { session } = useAccount();
  const isOwn = comment.author.kind === 'user' && comment.author.id === session.user.id;
  const look = comment.visibility === 'internal' ? 'is-internal' : isOwn ? 'is-own' : '';
  return (
    <article className={`entry ${look} ${comment.proposal ? 'has-proposal' : ''}`}>
      <EntryHead comment={comment} />
      {comment.body ? <div className="pre entry-body">{linkNumbers(comment.body)}</div> : null}
      <FileStrip files={comment.attachments} />
      <MissingFiles comment={comment} />
      <CutNote comment={comment} />
      <MailedTo comment={comment} />
      {comment.proposal ? <Proposal comment={comment} proposal={comment.proposal} /> : null}
    </article>
  );
}

function EntryHead({ comment }: { comment: Comment }) {
  const t = useT();
  const format = useFormat();
  const asPartner = useAsPartner();
  const { author } = comment;
  const isObserver = author.kind === 'observer';
  const name = author.name || t(isObserver ? 'thread.observer' : 'thread.contractor');
  const from = author.firmName ?? (isObserver && author.name ? t('thread.observer') : null);
  return (
    <header className="entry-head">
      <Initials name={author.firmName ?? name} isFirm={author.firmName !== null} />
      <span className="strong">{name}</span>
      {from ? <span className="second">{from}</span> : null}
      {comment.visibility === 'internal'
        ? <span className="tag is-internal"><LockIcon />{asPartner ? t('client.internal_of', { name: asPartner.partnerName }) : t('thread.internal')}</span>
        : <span className="tag is-shared"><PeopleIcon />{t('thread.shared')}</span>}
      <span className="entry-when second">
        <DoorIcon door={comment.door} /> <span aria-hidden>·</span> <time dateTime={comment.createdAt} title={format.dateTime(comment.createdAt)}>{format.near(comment.createdAt)}</time>
      </span>
    </header>
  );
}

function MissingFiles({ comment }: { comment: Comment }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      {(comment.missingFiles ?? []).map((file) => (
        <p key={file.name} className="icon-line second waiting"><WarningIcon />{t('thread.missing', { name: file.name, size: format.size(file.size) })}</p>
      ))}
      {comment.unverifiedSender ? <p className="icon-line second waiting"><WarningIcon />{t('thread.unverified', { address: comment.unverifiedSender })}</p> : null}
    </>
  );
}

function CutNote({ comment }: { comment: Comment }) {
  const t = useT();
  const [isOpen, setIsOpen] = useState(false);
  const id = comment.inboundMailId;
  if (!id) return null;
  const said = comment.isRestored ? t('thread.restored') : comment.cutLines ? t('thread.cut', { lines: comment.cutLines }) : '';
  return (
    <p className="entry-note">
      {said} <button type="button" className="linklike" onClick={() => setIsOpen(true)}>{t('thread.original')}</button>
      {isOpen ? <Suspense fallback={null}><MailOriginalDialog comment={comment} inboundMailId={id} onClose={() => setIsOpen(false)} /></Suspense> : null}
    </p>
  );
}

function MailedTo({ comment }: { comment: Comment }) {
  const t = useT();
  const by = (statuses: readonly string[]): string => comment.mailedTo.filter((one) => statuses.includes(one.status)).map((one) => one.name).join(', ');
  const [delivered, sent, failed] = [by(['delivered']), by(['queued', 'sending', 'sent', 'unclear']), by(['bounced', 'refused'])];
  const line = (key: MessageKey, names: string, look: string, icon: ReactNode) => (names ? <p className={`icon-line entry-note ${look}`}>{icon}{t(key, { names })}</p> : null);
  return (
    <>
      {line('thread.delivered_to', delivered, 'good', <CheckCircleIcon />)}
      {line('thread.sent_to', sent, '', <CheckCircleIcon />)}
      {line('thread.not_delivered_to', failed, 'danger', <WarningIcon />)}
    </>
  );
}

/** A soft yes, or an answer that came late: a person decides in the message itself. */
function Proposal({ comment, proposal }: { comment: Comment; proposal: NonNullable<Comment['proposal']> }) {
  const t = useT();
  const notify = useNotify();
  const sayFailure = useSayFailure();
  const decide = useCommand((portal, isTaken: boolean) => portal.decideProposal(proposal.assignmentId, isTaken));
  const why: Readonly<Record<ProposedAnswer['why'], MessageKey>> = {
    soft_word: proposal.step === 'decline' ? 'thread.soft_no' : 'thread.soft_yes', unproven_sender: 'thread.unproven', too_late: 'thread.too_late', found_by_number: 'thread.found_by_number',
  };
  const choose = (isTaken: boolean): void => decide.mutate(isTaken, {
    onSuccess: () => notify(isTaken ? 'thread.taken' : 'thread.dismissed', { type: 'success' }),
    onError: sayFailure,
  });
  return (
    <div className="proposal">
      <span className="icon-line"><HourglassIcon />{t(why[proposal.why])}</span>
      {comment.can['decideProposal'] !== true ? null : (
        <span className="proposal-buttons">
          <Button variant="contained" disabled={decide.isPending} onClick={() => choose(true)}>{t(`thread.take_${proposal.step}`)}</Button>
          <Button variant="outlined" disabled={decide.isPending} onClick={() => choose(false)}>{t('thread.only_message')}</Button>
        </span>
      )}
    </div>
  );
}
