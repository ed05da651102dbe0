import { Autocomplete, Checkbox, FormControlLabel, MenuItem, TextField } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { StatusChip } from '../parts/StatusChip.tsx';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useRecords } from '../parts/records.ts';
import { useT } from '../parts/speech.ts';
import type { HeldMail, OrderRow } from '../providers/types.ts';
import { useSettled } from '../work-orders/assign/AssigneePicker.tsx';

type Props = { readonly mail: HeldMail; readonly onClose: () => void; readonly onDecided: () => void };
const REFRESHES = ['to-review', 'work-orders', 'mails'];

/** Attaches the mail to an order that is searched for. */
export function ChooseDialog({ mail, onClose, onDecided }: Props) {
  const t = useT();
  const portal = usePortal();
  const [q, setQ] = useState('');
  const [order, setOrder] = useState<OrderRow | null>(null);
  const [isTrusted, setIsTrusted] = useState(false);
  const settled = useSettled(q, 250);
  const found = useQuery({
    queryKey: ['work-orders', 'search', settled, 'review'], placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await portal.getList('work-orders', { pagination: { page: 1, perPage: 10 }, sort: { field: 'updatedAt', order: 'DESC' }, filter: settled.trim() ? { q: settled.trim() } : {}, signal })).data as unknown as OrderRow[],
  });
  const run = useCommand((commands, workOrderId: string) => commands.attachHeld(mail.id, { workOrderId, isAddressTrusted: isTrusted }), { refreshes: REFRESHES, said: 'review.attached', onDone: onDecided });
  return (
    <ActionDialog isOpen title={t('review.choose_title')} confirm={t('review.choose_submit')} canConfirm={order !== null} onClose={onClose} onConfirm={() => run.mutateAsync(order?.id ?? '')}>
      <Autocomplete openOnFocus options={found.data ?? []} value={order} onChange={(_, next) => setOrder(next)} inputValue={q} onInputChange={(_, next) => setQ(next)} filterOptions={(all) => all}
        getOptionLabel={(one) => `${one.number} ${one.title}`} isOptionEqualToValue={(one, other) => one.id === other.id}
        renderOption={({ key: _key, ...props }, one) => <li key={one.id} {...props}><span className="choice"><span className="choice-name"><b>{one.title}</b><br /><span className="second">{one.number} · {one.workspaceName}</span></span><StatusChip status={one.status} /></span></li>}
        renderInput={(params) => <TextField {...params} autoFocus label={t('review.choose_label')} />} />
      <FormControlLabel control={<Checkbox checked={isTrusted} onChange={(_, next) => setIsTrusted(next)} />} label={t('review.choose_trust')} />
    </ActionDialog>
  );
}

/** Makes a new ticket of the mail. */
export function TicketDialog({ mail, onClose, onDecided }: Props) {
  const t = useT();
  const workspaces = useRecords('workspaces');
  const [workspaceId, setWorkspaceId] = useState('');
  const [title, setTitle] = useState(() => (mail.subject ?? '').replace(/^((re|aw|wg|fwd?|tr):\s*)+/i, ''));
  const run = useCommand((portal, input: { workspaceId: string; title: string }) => portal.ticketFromHeld(mail.id, input), { refreshes: REFRESHES, said: 'review.ticket_made', onDone: onDecided });
  return (
    <ActionDialog isOpen title={t('review.ticket_title')} confirm={t('list.create')} canConfirm={workspaceId !== '' && title.trim() !== ''} onClose={onClose} onConfirm={() => run.mutateAsync({ workspaceId, title: title.trim() })}>
      <TextField autoFocus required label={t('form.title')} value={title} onChange={(event) => setTitle(event.target.value)} slotProps={{ htmlInput: { maxLength: 200 } }} />
      <TextField select required label={t('form.workspace')} value={workspaceId} onChange={(event) => setWorkspaceId(event.target.value)}>
        {workspaces.map((one) => <MenuItem key={one.id} value={one.id}>{one.name}</MenuItem>)}
      </TextField>
    </ActionDialog>
  );
}

/** Answers the sender by mail; the mail itself stays to be decided or is done, as the API says. */
export function AnswerDialog({ mail, onClose, onDecided }: Props) {
  const t = useT();
  const [body, setBody] = useState('');
  const run = useCommand((portal, text: string) => portal.answerHeld(mail.id, text), { refreshes: REFRESHES, said: 'review.answered', onDone: onDecided });
  return (
    <ActionDialog isOpen title={t('review.answer_title', { email: mail.fromEmail ?? '' })} confirm={t('review.answer_send')} canConfirm={body.trim() !== ''} onClose={onClose} onConfirm={() => run.mutateAsync(body.trim())} footer={mail.fromEmail}>
      <TextField autoFocus required multiline minRows={5} label={t('review.answer_label')} value={body} onChange={(event) => setBody(event.target.value)} />
    </ActionDialog>
  );
}

export function DiscardDialog({ mail, onClose, onDecided }: Props) {
  const t = useT();
  const [reason, setReason] = useState('');
  const run = useCommand((portal, why: string) => portal.discardHeld(mail.id, why || undefined), { refreshes: REFRESHES, said: 'review.discarded', onDone: onDecided });
  return (
    <ActionDialog isOpen isDanger title={t('review.discard_title')} confirm={t('review.discard').replace(' …', '')} onClose={onClose} onConfirm={() => run.mutateAsync(reason.trim())}>
      <p>{t('review.discard_hint')}</p>
      <TextField autoFocus label={`${t('review.discard_reason')} (${t('state.optional')})`} value={reason} onChange={(event) => setReason(event.target.value)} />
    </ActionDialog>
  );
}
