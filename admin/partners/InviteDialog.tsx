import { Autocomplete, Checkbox, FormControlLabel, FormGroup, FormLabel, MenuItem, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Locale } from '#domain/statuses.ts';
import { useAccount } from '../layout/account-context.ts';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useRecords } from '../parts/records.ts';
import { useT } from '../parts/speech.ts';
import { newKey } from '../providers/key.ts';
import { LOCALE_CHOICES } from '../providers/i18n.ts';
import type { InviteInput } from '../providers/partner-types.ts';
import type { Firm } from '../providers/types.ts';
import { useSettled } from '../work-orders/assign/AssigneePicker.tsx';
import { InvitePreview } from './InvitePreview.tsx';
import { EMPTY_INVITATION, inviteInputOf, withFirm, type InviteFields } from './invite-fields.ts';
import './partners.css';

type InviteProps = { readonly firmId: string | null; readonly onClose: () => void; readonly onInvited: (id: string) => void };
type FieldsProps = { readonly fields: InviteFields; readonly onChange: (fields: InviteFields) => void };

/** Invites a company: a firm of the directory or a new one, the person who is to administer its account, and what to share. */
export function InviteDialog({ firmId, onClose, onInvited }: InviteProps) {
  const t = useT();
  const { account } = useAccount();
  const key = useRef(newKey());
  const [typed, setTyped] = useState<InviteFields | null>(null);
  const given = useGivenFirm(firmId);
  const start = { ...EMPTY_INVITATION, locale: account.organisation.locale };
  const fields = typed ?? (given ? withFirm(start, given) : start);
  const invite = useCommand((portal, input: InviteInput) => portal.invitePartner(input, key.current), {
    refreshes: ['partnerships', 'firms'], said: 'partners.invited_done', onDone: (partnership) => onInvited(partnership.id),
  });
  const input = inviteInputOf(fields);
  return (
    <ActionDialog isOpen title={t('partners.invite_title')} confirm={t('partners.invite_send')} canConfirm={input !== null} onClose={onClose}
      onConfirm={() => (input ? invite.mutateAsync(input) : Promise.resolve())} footer={input ? t('assign.mails_to', { email: input.email }) : null} maxWidth="lg">
      <p className="second">{t('partners.invite_lead')}</p>
      <div className="invite-body">
        <div>
          <FirmField fields={fields} onChange={setTyped} />
          <PersonFields fields={fields} onChange={setTyped} />
          <WorkspaceFields fields={fields} onChange={setTyped} />
          <TextField multiline minRows={2} maxRows={8} label={t('partners.message')} helperText={t('partners.message_hint')} value={fields.message} onChange={(event) => setTyped({ ...fields, message: event.target.value })} slotProps={{ htmlInput: { maxLength: 2_000 } }} />
        </div>
        <InvitePreview input={input} />
      </div>
    </ActionDialog>
  );
}

/** The firm that the way here named, with its contacts. */
function useGivenFirm(firmId: string | null): Firm | undefined {
  const portal = usePortal();
  const asked = useQuery({ queryKey: ['firms', 'full', firmId], queryFn: async () => (await portal.getOne('firms', { id: firmId })).data as unknown as Firm, enabled: firmId !== null });
  return asked.data;
}

/** One box: a firm of the directory, or a name that is not in it yet. */
function FirmField({ fields, onChange }: FieldsProps) {
  const t = useT();
  const q = useSettled(fields.firmId ? '' : fields.company.trim(), 250);
  const firms = useRecords('firms', q ? { q } : {}).filter((one) => one.access === 'email');
  const chosen = firms.find((one) => one.id === fields.firmId) ?? null;
  return (
    <Autocomplete<Firm, false, false, true>
      freeSolo autoHighlight filterOptions={(found) => found} options={firms} value={chosen ?? fields.company} inputValue={fields.company}
      getOptionLabel={(one) => (typeof one === 'string' ? one : one.company)} getOptionKey={(one) => (typeof one === 'string' ? one : one.id)}
      getOptionDisabled={(one) => one.standing === 'blocked'}
      onInputChange={(_, company, reason) => { if (reason !== 'reset') onChange({ ...fields, company, firmId: '' }); }}
      onChange={(_, next) => onChange(next === null ? { ...fields, firmId: '', company: '' } : typeof next === 'string' ? { ...fields, firmId: '', company: next } : withFirm(fields, next))}
      renderOption={({ key, ...props }, one) => <li key={key} {...props}><span className="choice-name"><span className="strong">{one.company}</span><br /><span className="second">{one.standing === 'blocked' ? t('assign.blocked_reason', { reason: one.blockedReason ?? '–' }) : one.trades.join(', ')}</span></span></li>}
      renderInput={(params) => <TextField {...params} required autoFocus={fields.company === ''} label={t('partners.firm')} helperText={t(fields.firmId ? 'partners.firm_known' : fields.company.trim() ? 'partners.firm_new' : 'partners.firm_hint')} />}
    />
  );
}

function PersonFields({ fields, onChange }: FieldsProps) {
  const t = useT();
  const set = (name: keyof InviteFields) => (event: { target: { value: string } }): void => onChange({ ...fields, [name]: event.target.value });
  return (
    <div className="field-row">
      <TextField type="email" required label={t('partners.email')} helperText={t('partners.email_hint')} value={fields.email} onChange={set('email')} autoFocus={fields.firmId !== ''} />
      <TextField label={t('partners.name')} value={fields.name} onChange={set('name')} />
      <TextField select label={t('firms.language')} value={fields.locale} onChange={(event) => onChange({ ...fields, locale: event.target.value as Locale })}>
        {LOCALE_CHOICES.map((one) => <MenuItem key={one.id} value={one.id}>{one.name}</MenuItem>)}
      </TextField>
    </div>
  );
}

function WorkspaceFields({ fields, onChange }: FieldsProps) {
  const t = useT();
  const workspaces = useRecords('workspaces');
  const toggle = (id: string): void => onChange({
    ...fields, workspaceIds: fields.workspaceIds.includes(id) ? fields.workspaceIds.filter((one) => one !== id) : [...fields.workspaceIds, id],
  });
  return (
    <fieldset className="invite-workspaces">
      <FormLabel component="legend">{t('partners.to_share')}</FormLabel>
      <FormGroup>
        {workspaces.map((one) => (
          <FormControlLabel key={one.id} control={<Checkbox checked={fields.workspaceIds.includes(one.id)} onChange={() => toggle(one.id)} />}
            label={<span>{one.name} <span className="second">{t('partners.asset_count', { smart_count: one.counts.assets })}</span></span>} />
        ))}
      </FormGroup>
      <p className="second">{t('partners.to_share_hint')}</p>
    </fieldset>
  );
}
