import { Autocomplete, Button, FormControlLabel, IconButton, MenuItem, Switch, TextField } from '@mui/material';
import { useState } from 'react';
import { NOTIFY_CHOICES, type NotifyChoice } from '#domain/statuses.ts';
import { useMay } from '../layout/account-context.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { AddIcon, CloseIcon } from '../parts/icons.ts';
import { useCommand } from '../parts/portal.ts';
import { useRecords } from '../parts/records.ts';
import { useT, useWords } from '../parts/speech.ts';
import type { Member, Observer, Order } from '../providers/types.ts';
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
        <ul>{order.observers.map((one) => <ObserverLine key={one.id} orderId={order.id} observer={one} mayManage={mayManage} />)}</ul>
      )}
      {isAdding ? <AddObserver order={order} onClose={() => setIsAdding(false)} /> : null}
    </section>
  );
}

function ObserverLine({ orderId, observer, mayManage }: { orderId: string; observer: Observer; mayManage: boolean }) {
  const t = useT();
  const words = useWords();
  const remove = useCommand((portal, id: string) => portal.removeObserver(id), { said: 'observers.removed', saysFailure: true, undo: () => (portal) => portal.addObserver(orderId, inputOf(observer)) });
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
      {observer.can['remove'] ? <IconButton aria-label={`${t('action.remove')}: ${name}`} onClick={() => remove.mutate(observer.id)}><CloseIcon style={{ fontSize: 14 }} /></IconButton> : null}
    </li>
  );
}

/** What adds the same observer again. */
function inputOf({ userId, email, name, choice, canComment }: Observer): ObserverInput {
  return { ...(userId ? { userId } : { email: email ?? '', name }), choice, canComment };
}

function AddObserver({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT();
  const words = useWords();
  const users = useRecords('users');
  const [user, setUser] = useState<Member | null>(null);
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [choice, setChoice] = useState<NotifyChoice>('at_once');
  const [canComment, setCanComment] = useState(true);
  const add = useCommand((portal, input: ObserverInput) => portal.addObserver(order.id, input), {
    said: 'observers.added',
    undo: ({ observers }, input) => {
      const added = observers.find((one) => (input.userId ? one.userId === input.userId : one.email === input.email?.toLowerCase()));
      return added ? (portal) => portal.removeObserver(added.id) : null;
    },
  });
  const confirm = (): Promise<unknown> => add.mutateAsync({
    ...(user ? { userId: user.userId } : { email: email.trim(), ...(name.trim() ? { name: name.trim() } : {}) }), choice, canComment,
  });
  return (
    <ActionDialog isOpen title={t('observers.add')} confirm={t('action.add')} onClose={onClose} onConfirm={confirm} canConfirm={user !== null || /.+@.+/.test(email)}>
      <Autocomplete options={users.filter((one) => !order.observers.some((known) => known.userId === one.userId))} value={user} onChange={(_, next) => setUser(next)} getOptionLabel={(one) => one.name}
        isOptionEqualToValue={(one, other) => one.id === other.id} renderInput={(params) => <TextField {...params} autoFocus label={t('observers.person')} />} />
      {user ? null : (
        <div className="field-row">
          <TextField type="email" label={t('observers.email')} value={email} onChange={(event) => setEmail(event.target.value)} />
          <TextField label={t('observers.name')} value={name} onChange={(event) => setName(event.target.value)} />
        </div>
      )}
      <TextField select label={t('observers.choice')} value={choice} onChange={(event) => setChoice(event.target.value as NotifyChoice)}>
        {NOTIFY_CHOICES.map((one) => <MenuItem key={one} value={one}>{words.notify[one]}</MenuItem>)}
      </TextField>
      <FormControlLabel control={<Switch checked={canComment} onChange={(_, next) => setCanComment(next)} />} label={t('observers.can_comment')} />
    </ActionDialog>
  );
}
