import { Autocomplete, Button, FormControlLabel, IconButton, MenuItem, Switch, TextField } from '@mui/material';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { NOTIFY_CHOICES, type NotifyChoice } from '#domain/statuses.ts';
import { useAsPartner } from '../as-partner/use-partner.ts';
import { useMay } from '../layout/account-context.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { AddIcon, CloseIcon } from '../parts/icons.ts';
import { useCommand } from '../parts/portal.ts';
import { useRecords } from '../parts/records.ts';
import { useT, useWords } from '../parts/speech.ts';
import type { Observer, Order } from '../providers/types.ts';
import type { ObserverInput } from '../providers/verbs.ts';

/** Who is kept informed; who only stood in a mail's Cc is proposed and told nothing yet. */
export function Observers({ order }: { order: Order }) {
  const t = useT();
  const may = useMay();
  const [isAdding, setIsAdding] = useState(false);
  const mayManage = may('observer.manage') && order.can['observe'] !== false;
  return (
    <section className="observers" aria-label={t('observers.title')}>
      <div className="observers-head">
        <h3 className="strong">{t('observers.title')}</h3>
        {mayManage ? <IconButton aria-label={t('observers.add')} onClick={() => setIsAdding(true)}><AddIcon style={{ fontSize: 17 }} /></IconButton> : null}
      </div>
      {order.observers.length === 0 ? <p className="second">{t('observers.none')}</p> : (
        <ul>{order.observers.map((one) => <ObserverLine key={one.id} orderId={order.id} observer={one} mayManage={mayManage} works={order.assignments.length > 0} />)}</ul>
      )}
      {isAdding ? <AddObserver order={order} onClose={() => setIsAdding(false)} /> : null}
    </section>
  );
}

function ObserverLine({ orderId, observer, mayManage, works }: { orderId: string; observer: Observer; mayManage: boolean; works: boolean }) {
  const t = useT();
  const words = useWords();
  const remove = useRemoval(orderId, observer, works);
  const change = useCommand((portal, choice: NotifyChoice) => portal.changeObserver(observer.id, { choice }), {
    said: 'observers.changed', saysFailure: true, undo: () => (portal) => portal.changeObserver(observer.id, { choice: observer.choice }),
  });
  const confirm = useCommand((portal, id: string) => portal.changeObserver(id, { isProposed: false }), { said: 'observers.added', saysFailure: true });
  const name = observer.name || (observer.email ?? '?');
  return (
    <li className="observer-line">
      <span>{name} {observer.isProposed ? <span className="second">{t('observers.proposed')}</span> : null}</span>
      {observer.isProposed ? null : observer.can['change'] ? (
        <TextField select variant="standard" value={observer.choice} disabled={change.isPending} className="observer-choice" onChange={(event) => change.mutate(event.target.value as NotifyChoice)}
          slotProps={{ input: { disableUnderline: true }, htmlInput: { 'aria-label': `${t('observers.choice')}: ${name}` } }}>
          {NOTIFY_CHOICES.map((one) => <MenuItem key={one} value={one}>{words.notify[one]}</MenuItem>)}
        </TextField>
      ) : <span className="second">{words.notify[observer.choice]}</span>}
      {mayManage && observer.isProposed ? <Button onClick={() => confirm.mutate(observer.id)}>{t('observers.confirm')}</Button> : null}
      {observer.can['remove'] ? <IconButton aria-label={`${t('action.remove')}: ${name}`} onClick={() => remove.mutate(null)}><CloseIcon style={{ fontSize: 14 }} /></IconButton> : null}
    </li>
  );
}

/** No longer keeps somebody informed; a partner that does nothing else on the order (`works`) leaves it with that. */
export function useRemoval(orderId: string, observer: Observer, works: boolean) {
  const navigate = useNavigate();
  const asPartner = useAsPartner();
  return useCommand((portal, _input: null) => portal.removeObserver(observer.id), {
    said: 'observers.removed', saysFailure: true,
    // Only the client can take a partner up again.
    undo: () => (asPartner ? null : (portal) => portal.addObserver(orderId, inputOf(observer))),
    onDone: () => { if (asPartner && !works) void navigate('/work-orders'); },
  });
}

/** What adds the same observer again. */
function inputOf({ userId, partnershipId, email, name, choice, canComment }: Observer): ObserverInput {
  return { ...(userId ? { userId } : partnershipId ? { partnershipId } : { email: email ?? '', name }), choice, canComment };
}

/** Somebody to choose from: a person of the organisation, or a partner. */
type Candidate = { readonly key: string; readonly name: string; readonly group: 'people' | 'partners'; readonly input: Pick<ObserverInput, 'userId' | 'partnershipId'> };

function useCandidates(order: Order): readonly Candidate[] {
  const may = useMay();
  const users = useRecords('users');
  const partners = useRecords('partnerships', { status: ['accepted'] }, may('partner.read'));
  const isKnown = (id: string): boolean => order.observers.some((one) => one.userId === id || one.partnershipId === id);
  return [
    ...users.flatMap((one): Candidate[] => (isKnown(one.userId) ? [] : [{ key: one.userId, name: one.name, group: 'people', input: { userId: one.userId } }])),
    ...partners.flatMap((one): Candidate[] => (isKnown(one.id) || one.endedAt ? [] : [{ key: one.id, name: one.partnerName ?? one.company, group: 'partners', input: { partnershipId: one.id } }])),
  ];
}

function AddObserver({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT();
  const words = useWords();
  const candidates = useCandidates(order);
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [choice, setChoice] = useState<NotifyChoice>('at_once');
  const [canComment, setCanComment] = useState(true);
  const add = useCommand((portal, input: ObserverInput) => portal.addObserver(order.id, input), {
    said: 'observers.added',
    undo: ({ observers }, { userId, partnershipId, email: typed }) => {
      const added = observers.find((one) => (userId ? one.userId === userId : partnershipId ? one.partnershipId === partnershipId : one.email === typed?.toLowerCase()));
      return added ? (portal) => portal.removeObserver(added.id) : null;
    },
  });
  const confirm = (): Promise<unknown> => add.mutateAsync({
    ...(chosen ? chosen.input : { email: email.trim(), ...(name.trim() ? { name: name.trim() } : {}) }), choice, canComment,
  });
  return (
    <ActionDialog isOpen title={t('observers.add')} confirm={t('action.add')} onClose={onClose} onConfirm={confirm} canConfirm={chosen !== null || /.+@.+/.test(email)}>
      <Autocomplete options={candidates} value={chosen} onChange={(_, next) => setChosen(next)} getOptionLabel={(one) => one.name} getOptionKey={(one) => one.key} groupBy={(one) => t(`assign.${one.group}`)}
        isOptionEqualToValue={(one, other) => one.key === other.key} renderInput={(params) => <TextField {...params} autoFocus label={t('observers.person')} />} />
      {chosen?.group === 'partners' ? <p className="second">{t('observers.partner_hint', { name: chosen.name })}</p> : null}
      {chosen ? null : (
        <>
          <div className="field-row">
            <TextField type="email" label={t('observers.email')} value={email} onChange={(event) => setEmail(event.target.value)} />
            <TextField label={t('observers.name')} value={name} onChange={(event) => setName(event.target.value)} />
          </div>
          <p className="second">{t('observers.outside_hint')}</p>
        </>
      )}
      <TextField select label={t('observers.choice')} value={choice} onChange={(event) => setChoice(event.target.value as NotifyChoice)}>
        {NOTIFY_CHOICES.map((one) => <MenuItem key={one} value={one}>{words.notify[one]}</MenuItem>)}
      </TextField>
      <FormControlLabel control={<Switch checked={canComment} onChange={(_, next) => setCanComment(next)} />} label={t('observers.can_comment')} />
    </ActionDialog>
  );
}
