import { Autocomplete, Button, FormControlLabel, IconButton, MenuItem, Switch, TextField } from '@mui/material';
import { CONTACT_ROLES, type ContactRole } from '#domain/statuses.ts';
import { AddIcon, CloseIcon, UpIcon } from '../parts/icons.ts';
import { TextInput } from '../parts/TextInput.tsx';
import { useT, useWords } from '../parts/speech.ts';
import { newKey } from '../providers/key.ts';
import { LOCALE_CHOICES } from '../providers/i18n.ts';
import { emptyContact, type ContactFields, type FirmFields } from './firm-fields.ts';
import '../parts/record-page.css';

type Props = { fields: FirmFields; onChange: (fields: FirmFields) => void; errors: Readonly<Record<string, string>> };

/** The fields of a firm and its contacts; mails go to the first contact who can be reached. */
export function FirmInputs({ fields, onChange, errors }: Props) {
  const t = useT();
  return (
    <>
      <TextInput fields={fields} onFields={onChange} errors={errors} name="company" label={t('firms.company')} required autoFocus />
      <Autocomplete multiple freeSolo options={[] as string[]} value={[...fields.trades]} onChange={(_, trades) => onChange({ ...fields, trades })}
        renderInput={(params) => <TextField {...params} label={t('firms.trades')} helperText={t('firms.trades_hint')} />} />
      <div className="field-row">
        <TextInput fields={fields} onFields={onChange} errors={errors} name="phone" label={t('firms.phone')} type="tel" />
        <TextInput fields={fields} onFields={onChange} errors={errors} name="locale" label={t('firms.language')} select>
          <MenuItem value="">{t('firms.language_default')}</MenuItem>
          {LOCALE_CHOICES.map((one) => <MenuItem key={one.id} value={one.id}>{one.name}</MenuItem>)}
        </TextInput>
        <TextInput fields={fields} onFields={onChange} errors={errors} name="standing" label={t('firms.standing')} select>
          {(['normal', 'preferred', 'blocked'] as const).map((one) => <MenuItem key={one} value={one}>{t(`firms.${one}`)}</MenuItem>)}
        </TextInput>
        {fields.standing === 'blocked' ? <TextInput fields={fields} onFields={onChange} errors={errors} name="blockedReason" label={t('firms.blocked_reason')} required /> : <span />}
      </div>
      <FormControlLabel control={<Switch checked={fields.needsNoAcceptance} onChange={(_, next) => onChange({ ...fields, needsNoAcceptance: next })} />} label={t('firms.no_acceptance')} />
      <h2 className="form-section">{t('firms.contacts')} <span className="second">{t('firms.first_is_mailed')}</span></h2>
      {fields.contacts.map((contact, at) => <ContactCard key={contact.key} fields={fields} onChange={onChange} errors={errors} contact={contact} at={at} />)}
      <Button startIcon={<AddIcon />} style={{ marginTop: 8 }} onClick={() => onChange({ ...fields, contacts: [...fields.contacts, emptyContact(newKey())] })}>{t('firms.add_contact')}</Button>
      <TextInput fields={fields} onFields={onChange} errors={errors} name="notes" label={t('firms.notes')} multiline minRows={2} />
    </>
  );
}

function ContactCard({ fields, onChange, errors, contact, at }: Props & { readonly contact: ContactFields; readonly at: number }) {
  const t = useT();
  const words = useWords();
  const set = (part: Partial<ContactFields>): void => onChange({ ...fields, contacts: fields.contacts.map((one) => (one.key === contact.key ? { ...one, ...part } : one)) });
  const field = (name: 'name' | 'email' | 'phone', type: string) => (
    <TextField label={t(`firms.${name}`)} type={type} required={name !== 'phone'} value={contact[name]} error={Boolean(errors[`contacts.${at}.${name}`])} helperText={errors[`contacts.${at}.${name}`] ?? ''} onChange={(event) => set({ [name]: event.target.value })} />
  );
  const up = (): void => {
    const order = [...fields.contacts];
    const before = order[at - 1];
    if (!before) return;
    order[at - 1] = contact;
    order[at] = before;
    onChange({ ...fields, contacts: order });
  };
  return (
    <fieldset className="contact-card">
      <div className="contact-card-head">
        <span>{t('firms.contact')} {at + 1}</span>
        <span>
          {at > 0 ? <IconButton aria-label={t('assign.move_up', { name: contact.name || String(at + 1) })} onClick={up}><UpIcon style={{ fontSize: 16 }} /></IconButton> : null}
          {fields.contacts.length > 1 ? <IconButton aria-label={t('assign.remove', { name: contact.name || String(at + 1) })} onClick={() => onChange({ ...fields, contacts: fields.contacts.filter((one) => one.key !== contact.key) })}><CloseIcon style={{ fontSize: 16 }} /></IconButton> : null}
        </span>
      </div>
      <div className="field-row">
        {field('name', 'text')}
        {field('email', 'email')}
        {field('phone', 'tel')}
        <Autocomplete multiple options={[...CONTACT_ROLES]} value={[...contact.roles]} getOptionLabel={(role: ContactRole) => words.contactRole[role]} onChange={(_, roles) => set({ roles })}
          renderInput={(params) => <TextField {...params} label={t('firms.roles')} />} />
      </div>
    </fieldset>
  );
}
