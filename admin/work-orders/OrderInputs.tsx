import { Autocomplete, Button, Collapse, FormControlLabel, MenuItem, Switch, TextField } from '@mui/material';
import { useState } from 'react';
import { PRIORITIES } from '#domain/statuses.ts';
import { useMay } from '../layout/account-context.ts';
import { useRecords } from '../parts/records.ts';
import { useT, useWords } from '../parts/speech.ts';
import type { OrderFields } from './order-fields.ts';
import { WarningIcon } from '../parts/icons.ts';

export type InputsProps = { readonly fields: OrderFields; readonly onChange: (fields: OrderFields) => void; readonly errors: Readonly<Record<string, string>>; readonly isNew?: boolean };

/** The fields of an order, once for creating and editing. */
export function OrderInputs(props: InputsProps) {
  const t = useT();
  const words = useWords();
  const { fields, onChange, errors } = props;
  const set = (name: keyof OrderFields) => (event: { target: { value: string } }): void => onChange({ ...fields, [name]: event.target.value });
  const text = (name: keyof OrderFields, label: string, extra: object = {}) => (
    <TextField label={label} value={fields[name]} onChange={set(name)} error={Boolean(errors[name])} helperText={errors[name] ?? ''} {...extra} />
  );
  return (
    <>
      {text('title', t('form.title'), { required: true, autoFocus: props.isNew, helperText: errors['title'] ?? t('form.title_hint'), slotProps: { htmlInput: { maxLength: 200 } } })}
      {text('description', t('form.description'), { multiline: true, minRows: 3 })}
      <PlaceInputs {...props} />
      <div className="field-row">
        <TextField select label={t('form.priority')} value={fields.priority} onChange={set('priority')}>
          {PRIORITIES.map((one) => <MenuItem key={one} value={one}>{words.priority[one]}</MenuItem>)}
        </TextField>
        {text('dueOn', t('form.due'), { type: 'date', slotProps: { inputLabel: { shrink: true } } })}
      </div>
      {fields.priority === 'urgent' ? <p className="note-box is-danger"><WarningIcon />{t('form.urgent_hint')}</p> : null}
      <h2 className="form-section">{t('form.on_site')}</h2>
      <div className="field-row">
        {text('onSiteName', t('form.on_site_name'))}
        {text('onSitePhone', t('form.on_site_phone'), { type: 'tel' })}
      </div>
      {text('accessNote', t('form.access'), { helperText: errors['accessNote'] ?? t('form.access_hint') })}
      <MoreInputs {...props} />
    </>
  );
}

function PlaceInputs({ fields, onChange, errors }: InputsProps) {
  const t = useT();
  const workspaces = useRecords('workspaces');
  const assets = useRecords('assets', fields.workspaceId ? { workspaceId: fields.workspaceId } : {}, fields.workspaceId !== '');
  return (
    <>
      <div className="field-row">
        <Autocomplete options={workspaces} value={workspaces.find((one) => one.id === fields.workspaceId) ?? null} getOptionLabel={(one) => one.name} isOptionEqualToValue={(one, other) => one.id === other.id}
          onChange={(_, next) => onChange({ ...fields, workspaceId: next?.id ?? '', assetId: '' })}
          renderInput={(params) => <TextField {...params} required label={t('form.workspace')} error={Boolean(errors['workspaceId'])} helperText={errors['workspaceId'] ?? ''} />} />
        <Autocomplete options={assets} value={assets.find((one) => one.id === fields.assetId) ?? null} getOptionLabel={(one) => `${one.number} ${one.name}`} isOptionEqualToValue={(one, other) => one.id === other.id} disabled={!fields.workspaceId}
          onChange={(_, next) => onChange({ ...fields, assetId: next?.id ?? '' })} renderInput={(params) => <TextField {...params} label={t('form.asset')} />} />
      </div>
      <TextField label={t('form.location')} value={fields.locationText} helperText={t('form.location_hint')} onChange={(event) => onChange({ ...fields, locationText: event.target.value })} />
    </>
  );
}

function MoreInputs({ fields, onChange, errors, isNew }: InputsProps) {
  const t = useT();
  const may = useMay();
  const users = useRecords('users', {}, may('user.read'));
  const [isOpen, setIsOpen] = useState(!isNew);
  const set = (name: keyof OrderFields) => (event: { target: { value: string } }): void => onChange({ ...fields, [name]: event.target.value });
  const text = (name: keyof OrderFields, label: string, extra: object = {}) => (
    <TextField label={label} value={fields[name]} onChange={set(name)} error={Boolean(errors[name])} helperText={errors[name] ?? ''} {...extra} />
  );
  return (
    <>
      {isOpen ? null : <Button onClick={() => setIsOpen(true)}>{t('form.more')}</Button>}
      <Collapse in={isOpen} unmountOnExit>
        <h2 className="form-section">{t('form.more')}</h2>
        <div className="field-row">
          <TextField select label={t('form.responsible')} value={users.some((one) => one.userId === fields.responsibleUserId) ? fields.responsibleUserId : ''} onChange={set('responsibleUserId')}>
            <MenuItem value="">{t('list.responsible_none')}</MenuItem>
            {users.map((one) => <MenuItem key={one.id} value={one.userId}>{one.name}</MenuItem>)}
          </TextField>
          {text('costLimit', t('form.cost'), { inputMode: 'decimal' })}
          {text('onSiteEmail', `${t('form.on_site')}: ${t('form.on_site_email')}`, { type: 'email' })}
          {text('onSiteHours', `${t('form.on_site')}: ${t('form.on_site_hours')}`)}
          {text('category', t('form.category'))}
          {text('clientReference', t('form.client_reference'))}
        </div>
        <FormControlLabel control={<Switch checked={fields.isSafetyRelevant} onChange={(_, next) => onChange({ ...fields, isSafetyRelevant: next })} />} label={<span>{t('form.safety')}<br /><span className="second">{t('form.safety_hint')}</span></span>} />
        <FormControlLabel control={<Switch checked={fields.isWarranty} onChange={(_, next) => onChange({ ...fields, isWarranty: next })} />} label={t('form.warranty')} />
      </Collapse>
    </>
  );
}
