import { TextField } from '@mui/material';
import { fromLocalInput } from '../parts/near.ts';
import { useT } from '../parts/speech.ts';

export type WindowFields = { readonly day: string; readonly from: string; readonly until: string };

/** A promised day with its time window; times may be left out, then the whole day is meant. */
export function DateWindow({ fields, onChange }: { fields: WindowFields; onChange: (fields: WindowFields) => void }) {
  const t = useT();
  const field = (name: keyof WindowFields, type: string, label: string) => (
    <TextField type={type} label={label} value={fields[name]} onChange={(event) => onChange({ ...fields, [name]: event.target.value })} slotProps={{ inputLabel: { shrink: true } }} />
  );
  return (
    <div className="window-fields">
      {field('day', 'date', t('steer.day'))}
      {field('from', 'time', t('steer.phone_from'))}
      {field('until', 'time', t('steer.phone_until'))}
    </div>
  );
}

/** The moments that the fields mean in a zone; null until a day is given. */
export function windowOf({ day, from, until }: WindowFields, zone: string): { from: string; until: string } | null {
  const start = fromLocalInput(`${day}T${from || '00:00'}`, zone);
  if (!start) return null;
  const end = fromLocalInput(`${day}T${until || '23:59'}`, zone) ?? start;
  return { from: start.toISOString(), until: end.toISOString() };
}
