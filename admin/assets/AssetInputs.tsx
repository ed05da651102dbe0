import { MenuItem } from '@mui/material';
import { useRecords } from '../parts/records.ts';
import { TextInput } from '../parts/TextInput.tsx';
import { useT } from '../parts/speech.ts';
import type { AssetFields } from './asset-fields.ts';

type Props = { fields: AssetFields; onChange: (fields: AssetFields) => void; errors: Readonly<Record<string, string>> };

export function AssetInputs({ fields, onChange, errors }: Props) {
  const t = useT();
  const workspaces = useRecords('workspaces');
  const siblings = useRecords('assets', { workspaceId: fields.workspaceId }, fields.workspaceId !== '');
  const common = { fields, onFields: onChange, errors };
  return (
    <>
      <div className="field-row">
        <TextInput {...common} name="number" label={t('assets.number')} required autoFocus />
        <TextInput {...common} name="name" label={t('assets.name')} required />
        <TextInput {...common} name="workspaceId" label={t('assets.workspace')} required select value={workspaces.some((one) => one.id === fields.workspaceId) ? fields.workspaceId : ''}>
          {workspaces.map((one) => <MenuItem key={one.id} value={one.id}>{one.name}</MenuItem>)}
        </TextInput>
        <TextInput {...common} name="locationText" label={t('assets.location')} />
        <TextInput {...common} name="category" label={t('assets.category')} />
        <TextInput {...common} name="parentId" label={t('assets.parent')} select value={siblings.some((one) => one.id === fields.parentId) ? fields.parentId : ''}>
          <MenuItem value="">{t('state.no_value')}</MenuItem>
          {siblings.filter((one) => one.number !== fields.number).map((one) => <MenuItem key={one.id} value={one.id}>{one.number} {one.name}</MenuItem>)}
        </TextInput>
        <TextInput {...common} name="manufacturer" label={t('assets.manufacturer')} />
        <TextInput {...common} name="model" label={t('assets.model')} />
        <TextInput {...common} name="serialNumber" label={t('assets.serial')} />
        <span />
        <TextInput {...common} name="installedOn" label={t('assets.installed')} type="date" slotProps={{ inputLabel: { shrink: true } }} />
        <TextInput {...common} name="warrantyUntil" label={t('assets.warranty')} type="date" slotProps={{ inputLabel: { shrink: true } }} />
      </div>
      <TextInput {...common} name="notes" label={t('assets.notes')} multiline minRows={2} />
    </>
  );
}
