import { MenuItem } from '@mui/material';
import { TextInput } from '../parts/TextInput.tsx';
import { useMay } from '../layout/account-context.ts';
import { useRecords } from '../parts/records.ts';
import { useT } from '../parts/speech.ts';
import { HolidayRegionInput } from './HolidayRegion.tsx';
import type { WorkspaceFields } from './workspace-fields.ts';

type Props = { fields: WorkspaceFields; onChange: (fields: WorkspaceFields) => void; errors: Readonly<Record<string, string>> };
const ZONES = ['Europe/Berlin', 'Europe/Vienna', 'Europe/Zurich', 'Europe/London'];

export function WorkspaceInputs({ fields, onChange, errors }: Props) {
  const t = useT();
  const may = useMay();
  const users = useRecords('users', {}, may('user.read'));
  const common = { fields, onFields: onChange, errors };
  return (
    <>
      <div className="field-row">
        <TextInput {...common} name="name" label={t('workspaces.name')} required autoFocus />
        <TextInput {...common} name="shortName" label={t('workspaces.short')} required hint={t('workspaces.short_hint')} slotProps={{ htmlInput: { maxLength: 30 } }} />
      </div>
      <h2 className="form-section">{t('workspaces.address')}</h2>
      <TextInput {...common} name="street" label={t('workspaces.street')} />
      <div className="field-row">
        <TextInput {...common} name="postalCode" label={t('workspaces.postal_code')} />
        <TextInput {...common} name="city" label={t('workspaces.city')} />
        <TextInput {...common} name="timeZone" label={t('workspaces.time_zone')} select slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
          <MenuItem value="">{t('workspaces.as_organisation')}</MenuItem>
          {[...new Set([...ZONES, fields.timeZone])].filter(Boolean).map((one) => <MenuItem key={one} value={one}>{one}</MenuItem>)}
        </TextInput>
        <HolidayRegionInput value={fields.holidayRegion} onChange={(holidayRegion) => onChange({ ...fields, holidayRegion })} problem={errors['holidayRegion']} />
      </div>
      <h2 className="form-section">{t('workspaces.invoices')}</h2>
      <div className="field-row">
        <TextInput {...common} name="billingRecipient" label={t('workspaces.billing')} />
        <TextInput {...common} name="invoiceEmail" label={t('workspaces.invoice_email')} type="email" />
        <TextInput {...common} name="onCallPhone" label={t('workspaces.on_call')} type="tel" />
        <TextInput {...common} name="defaultResponsibleUserId" label={t('workspaces.responsible')} select slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }} value={users.some((one) => one.userId === fields.defaultResponsibleUserId) ? fields.defaultResponsibleUserId : ''}>
          <MenuItem value="">{t('list.responsible_none')}</MenuItem>
          {users.map((one) => <MenuItem key={one.id} value={one.userId}>{one.name}</MenuItem>)}
        </TextInput>
      </div>
    </>
  );
}
