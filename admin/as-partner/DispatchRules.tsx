import { Alert, Button, MenuItem, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Panel } from '../parts/Panel.tsx';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useErrorText, useT } from '../parts/speech.ts';
import type { Colleague, DispatchRule, OwnPartnership } from '../providers/partner-types.ts';
import { fieldsOfRules, rulesOfFields, withoutGone, type DispatchFields } from './dispatch-fields.ts';

/** Who of us gets the client's orders: a rule for all, and another for a single workspace. */
export function DispatchRules({ partnership }: { partnership: OwnPartnership }) {
  const t = useT();
  const portal = usePortal();
  const errorText = useErrorText();
  const colleagues = useQuery({ queryKey: ['colleagues'], queryFn: async () => (await portal.colleagues()).data, staleTime: 60_000 });
  // Orders are handed out by the office; a technician gets them from there.
  const people = colleagues.data?.filter((one) => one.role !== 'technician');
  const saved = fieldsOfRules(partnership);
  const [typed, setTyped] = useState<readonly DispatchFields[] | null>(null);
  const fields = people ? withoutGone(typed ?? saved, people) : (typed ?? saved);
  const save = useCommand((commands, rules: readonly DispatchRule[]) => commands.saveDispatchRules(rules), { refreshes: ['own-partnership'], said: 'state.saved', onDone: () => setTyped(null) });
  const rules = rulesOfFields(fields);
  const names = new Map(partnership.workspaces.map((one) => [one.workspaceId, one.name]));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (rules) save.mutate(rules);
  };
  return (
    <Panel title={t('client.dispatch')}>
      <p className="second">{t('client.dispatch_hint')}</p>
      <form onSubmit={submit}>
        <ul>
          {fields.map((one, at) => (
            <RuleLine key={one.workspaceId ?? 'all'} fields={one} name={one.workspaceId === null ? t('client.dispatch_all') : (names.get(one.workspaceId) ?? '')} people={people ?? []} isReadOnly={!partnership.can['change']}
              onChange={(next) => setTyped(fields.map((other, index) => (index === at ? next : other)))} />
          ))}
        </ul>
        {save.error ? <Alert severity="error">{errorText(save.error)}</Alert> : null}
        {partnership.can['change'] ? (
          <div className="form-actions">
            <Button type="submit" variant="contained" disabled={!typed || !rules || !people || save.isPending}>{t('action.save')}</Button>
            {typed ? <Button onClick={() => { save.reset(); setTyped(null); }}>{t('action.discard')}</Button> : null}
          </div>
        ) : null}
      </form>
    </Panel>
  );
}

type RuleProps = { readonly fields: DispatchFields; readonly name: string; readonly people: readonly Colleague[]; readonly isReadOnly: boolean; readonly onChange: (fields: DispatchFields) => void };

function RuleLine({ fields, name, people, isReadOnly, onChange }: RuleProps) {
  const t = useT();
  const isKnown = fields.to === '' || fields.to === 'mailbox' || people.some((one) => one.id === fields.to);
  return (
    <li className="own-rule">
      <TextField select label={name} disabled={isReadOnly} value={isKnown ? fields.to : ''} onChange={(event) => onChange({ ...fields, to: event.target.value })} slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}>
        <MenuItem value="">{t(fields.workspaceId === null ? 'client.dispatch_default' : 'client.dispatch_as_all')}</MenuItem>
        {people.map((one) => <MenuItem key={one.id} value={one.id}>{one.name}</MenuItem>)}
        <MenuItem value="mailbox">{t('client.dispatch_mailbox')}</MenuItem>
      </TextField>
      {fields.to === 'mailbox' ? <TextField type="email" required label={t('client.dispatch_email')} disabled={isReadOnly} value={fields.email} onChange={(event) => onChange({ ...fields, email: event.target.value })} /> : null}
    </li>
  );
}
