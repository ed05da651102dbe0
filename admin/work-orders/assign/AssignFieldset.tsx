import { Checkbox, FormControlLabel, IconButton, Menu, MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { useMay } from '../../layout/account-context.ts';
import { AddIcon, CloseIcon, UpIcon, WarningIcon } from '../../parts/icons.ts';
import { asLocalInput } from '../../parts/near.ts';
import { useRecords } from '../../parts/records.ts';
import { useT } from '../../parts/speech.ts';
import { useFormat } from '../../parts/time.ts';
import { LOCALE_CHOICES } from '../../providers/i18n.ts';
import type { AssignPreview, Order } from '../../providers/types.ts';
import { AssigneePicker } from './AssigneePicker.tsx';
import { isPartner, type AssignFields } from './choice.ts';
import { SharedFiles } from './SharedFiles.tsx';

type Errors = Readonly<Record<string, string>>;
export type FieldsProps = { readonly fields: AssignFields; readonly onChange: (fields: AssignFields) => void };
type Props = FieldsProps & { readonly order: Order; readonly preview: AssignPreview | undefined; readonly isPeopleOnly: boolean; readonly isUnshared: boolean; readonly isPreselected: boolean; readonly errors: Errors };

/** The left half: whom, until when, own words, whom to ask next, which files. */
export function AssignFieldset({ order, fields, onChange, preview, isPeopleOnly, isUnshared, isPreselected, errors }: Props) {
  const t = useT();
  const { zone } = useFormat();
  const { choice } = fields;
  const set = (part: Partial<AssignFields>): void => onChange({ ...fields, ...part });
  const isMailed = choice?.kind !== 'member' && !isPeopleOnly;
  const stated = preview?.answerBy ? asLocalInput(new Date(preview.answerBy), zone) : '';
  return (
    <div className="assign-fields">
      <AssigneePicker workOrderId={order.id} isPreselected={isPreselected} only={isPeopleOnly ? 'people' : undefined} label={t(isPeopleOnly ? 'assign.who_person' : 'assign.who')} hint={isPeopleOnly ? '' : t('assign.who_hint')} value={choice} onChange={(next) => set({ choice: next, contactId: '', sharesWorkspace: false, ...(next?.kind === 'new' ? { newFirm: newFirmFrom(next.name, fields) } : {}) })} />
      {choice?.kind === 'new' ? <NewFirmFields fields={fields} onChange={onChange} errors={errors} /> : null}
      {isUnshared || fields.sharesWorkspace ? <ShareWorkspace order={order} fields={fields} onChange={onChange} /> : null}
      {choice?.kind === 'firm' && !isPartner(choice) && choice.firm.contacts.length > 1 ? (
        <TextField select label={t('assign.contact')} value={fields.contactId || (choice.firm.contacts.find((one) => !one.isUndeliverable)?.id ?? '')} onChange={(event) => set({ contactId: event.target.value })}>
          {choice.firm.contacts.map((one) => <MenuItem key={one.id} value={one.id} disabled={one.isUndeliverable}>{one.name}, {one.email}</MenuItem>)}
        </TextField>
      ) : null}
      {choice?.kind === 'firm' && choice.firm.needsNoAcceptance ? <p className="note-box">{t('assign.no_acceptance')}</p> : null}
      {isMailed ? (
        <TextField type="datetime-local" label={t('assign.answer_by')} value={fields.answerBy || stated} onChange={(event) => set({ answerBy: event.target.value })} slotProps={{ inputLabel: { shrink: true } }} />
      ) : null}
      <TextField multiline minRows={2} maxRows={8} label={t('assign.message')} helperText={isMailed ? t('assign.message_hint') : ''} value={fields.message} onChange={(event) => set({ message: event.target.value })} slotProps={{ htmlInput: { maxLength: 5000 } }} />
      {isMailed ? <NextFirms fields={fields} onChange={onChange} /> : null}
      {isMailed ? <SharedFiles order={order} fields={fields} onChange={onChange} /> : null}
    </div>
  );
}

/** A partner is asked only for what it may see; who may share can do both at once. */
function ShareWorkspace({ order, fields, onChange }: FieldsProps & { readonly order: Order }) {
  const t = useT();
  const may = useMay();
  const names = { workspace: order.workspaceName, name: fields.choice?.name ?? '' };
  return (
    <div className="note-box is-waiting">
      <WarningIcon />
      <div>
        <p>{t('partners.workspace_not_shared', names)}</p>
        {may('partner.manage')
          ? <FormControlLabel control={<Checkbox checked={fields.sharesWorkspace} onChange={(_, next) => onChange({ ...fields, sharesWorkspace: next })} />} label={t('partners.will_be_shared', names)} />
          : <p>{t('settings.read_only')}</p>}
      </div>
    </div>
  );
}

/** What was typed into the box is an address or a company. */
function newFirmFrom(typed: string, fields: AssignFields): AssignFields['newFirm'] {
  return typed.includes('@') ? { ...fields.newFirm, email: typed } : { ...fields.newFirm, company: typed };
}

function NewFirmFields({ fields, onChange, errors }: FieldsProps & { readonly errors: Errors }) {
  const t = useT();
  const { newFirm } = fields;
  const field = (name: keyof typeof newFirm, label: string, type = 'text', required = true) => (
    <TextField label={label} type={type} required={required} value={newFirm[name]} error={Boolean(errors[`newFirm.${name}`])} helperText={errors[`newFirm.${name}`] ?? ''} onChange={(event) => onChange({ ...fields, newFirm: { ...newFirm, [name]: event.target.value } })} />
  );
  return (
    <div className="field-row">
      {field('company', t('assign.company'))}
      {field('contactName', t('assign.contact_name'))}
      {field('email', t('assign.email'), 'email')}
      {field('phone', t('assign.phone'), 'tel', false)}
      <TextField select label={t('assign.language')} value={newFirm.locale} onChange={(event) => onChange({ ...fields, newFirm: { ...newFirm, locale: event.target.value } })}>
        {LOCALE_CHOICES.map((one) => <MenuItem key={one.id} value={one.id}>{one.name}</MenuItem>)}
      </TextField>
    </div>
  );
}

/** Firms to ask next, in order; only on a click, or where the policy says so. */
function NextFirms({ fields, onChange }: FieldsProps) {
  const t = useT();
  const may = useMay();
  const firms = useRecords('firms', {}, may('firm.read'));
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const chosen = fields.nextFirms;
  const free = firms.filter((one) => one.standing !== 'blocked' && one.id !== fields.choice?.id && !chosen.some((known) => known.id === one.id));
  const set = (nextFirms: AssignFields['nextFirms']): void => onChange({ ...fields, nextFirms });
  return (
    <fieldset>
      <legend className="form-section">{t('assign.then_ask')} <span className="second">{t('assign.only_on_click')}</span></legend>
      <div className="next-firms">
        {chosen.map((one, at) => (
          <span key={one.id} className="next-firm">
            <b>{at + 1}</b> {one.company}
            {at > 0 ? <IconButton aria-label={t('assign.move_up', { name: one.company })} onClick={() => set(chosen.map((_, to) => (to === at - 1 ? one : to === at ? chosen[at - 1] : chosen[to])).filter((firm) => firm !== undefined))}><UpIcon /></IconButton> : null}
            <IconButton aria-label={t('assign.remove', { name: one.company })} onClick={() => set(chosen.filter((firm) => firm.id !== one.id))}><CloseIcon /></IconButton>
          </span>
        ))}
        <button type="button" className="linklike strong icon-line" onClick={(event) => setAnchor(event.currentTarget)}><AddIcon />{t('assign.add_firm')}</button>
        <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} slotProps={{ paper: { style: { maxHeight: 320 } } }}>
          {free.length === 0 ? <MenuItem disabled>{t('state.none')}</MenuItem> : null}
          {free.map((one) => <MenuItem key={one.id} onClick={() => { setAnchor(null); set([...chosen, { id: one.id, company: one.company }]); }}>{one.company}</MenuItem>)}
        </Menu>
      </div>
    </fieldset>
  );
}
