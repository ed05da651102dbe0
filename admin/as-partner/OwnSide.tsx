import { MenuItem, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useAccount, useMay } from '../layout/account-context.ts';
import { FactList } from '../parts/FactList.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useErrorText, useT } from '../parts/speech.ts';
import type { PassOn } from '../providers/partner-types.ts';
import type { Assignment, Order } from '../providers/types.ts';

type Props = { readonly order: Order; readonly assignment: Assignment; readonly icon: ReactNode };

/** Who of our people does it, and under which number we keep it; the client sees the person only where we allow it. */
export function OwnSide({ order, assignment, icon }: Props) {
  const t = useT();
  const may = useMay();
  const { account } = useAccount();
  const isOpen = ['offered', 'accepted', 'done'].includes(assignment.status) && !account.isEnded;
  return (
    <Panel title={t('client.own_side')} icon={icon}>
      {may('assignment.pass_on') && isOpen ? <OwnFields order={order} assignment={assignment} /> : (
        <FactList isWhole facts={[[t('client.own_person'), order.ownPerson?.name], [t('client.own_number'), order.ownReference]]} />
      )}
      <p className="second own-hint">{t('client.own_hint')}</p>
    </Panel>
  );
}

function OwnFields({ order, assignment }: Omit<Props, 'icon'>) {
  const t = useT();
  const portal = usePortal();
  const errorText = useErrorText();
  const colleagues = useQuery({ queryKey: ['colleagues'], queryFn: async () => (await portal.colleagues()).data, staleTime: 60_000 });
  const save = useCommand((commands, input: PassOn) => commands.passOn(assignment.id, input), { refreshes: ['work-orders', 'client-orders'], said: 'state.saved' });
  const known = colleagues.data ?? [];
  const person = order.ownPerson;
  const choices = person && !known.some((one) => one.id === person.id) ? [...known, person] : known;
  return (
    <>
      <TextField select label={t('client.own_person')} value={person?.id ?? ''} disabled={save.isPending} onChange={(event) => save.mutate({ memberUserId: event.target.value || null })}
        helperText={person ? '' : t('client.own_person_hint')} slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}>
        <MenuItem value="">{t('client.nobody')}</MenuItem>
        {choices.map((one) => <MenuItem key={one.id} value={one.id}>{one.name}</MenuItem>)}
      </TextField>
      <OwnNumber key={assignment.id} value={order.ownReference ?? ''} isBusy={save.isPending} onSave={(ownReference) => save.mutate({ ownReference: ownReference || null })} />
      {save.error ? <p className="danger" role="alert">{errorText(save.error)}</p> : null}
    </>
  );
}

/** Saved by Enter or on leaving the field; Escape brings back what was. */
function OwnNumber({ value, isBusy, onSave }: { value: string; isBusy: boolean; onSave: (value: string) => void }) {
  const t = useT();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const save = (): void => { if (typed.trim() !== value && !isBusy) onSave(typed.trim()); };
  return (
    <TextField label={t('client.own_number')} value={typed} onChange={(event) => setTyped(event.target.value)} onBlur={save}
      onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); save(); } if (event.key === 'Escape') setTyped(value); }} slotProps={{ htmlInput: { maxLength: 60 } }} />
  );
}
