import { IconButton, MenuItem, TextField } from '@mui/material';
import { WEEKDAYS, type Weekday } from '#domain/calendar/calendar.ts';
import { dayName } from '#domain/format/calendar-names.ts';
import type { Fact } from '../parts/FactList.tsx';
import { AddIcon, CloseIcon } from '../parts/icons.ts';
import { useSpokenLocale, useT } from '../parts/speech.ts';
import type { Settings } from '../providers/types.ts';
import { SettingsForm } from './SettingsForm.tsx';

type Span = { readonly from: string; readonly to: string };
type Fields = { readonly holidayRegion: string; readonly businessHours: Readonly<Record<string, readonly Span[]>>; readonly regions: Settings['holidayRegions'] };
type InputsProps = { fields: Fields; onChange: (fields: Fields) => void };

/** When the organisation works, and whose holidays it keeps: what the escalation policy counts by. */
export function HoursSection({ settings }: { settings: Settings }) {
  const t = useT();
  const locale = useSpokenLocale();
  const facts: Fact[] = [
    [t('settings.region'), settings.holidayRegions.find((one) => one.code === settings.holidayRegion)?.name ?? settings.holidayRegion],
    ...WEEKDAYS.map((day): Fact => [
      dayName((WEEKDAYS.indexOf(day) + 1) % 7, locale),
      (settings.businessHours[day] ?? []).map((span) => `${span.from}–${span.to}`).join(', ') || t('settings.closed'),
    ]),
  ];
  return (
    <SettingsForm<Fields> title={t('settings.hours')} settings={settings} Inputs={HoursInputs} facts={facts}
      start={{ holidayRegion: settings.holidayRegion, businessHours: settings.businessHours, regions: settings.holidayRegions }}
      recordOf={({ holidayRegion, businessHours }) => ({ holidayRegion, businessHours })} />
  );
}

function HoursInputs({ fields, onChange }: InputsProps) {
  const t = useT();
  const { regions } = fields;
  const setDay = (day: string, spans: readonly Span[]): void => onChange({ ...fields, businessHours: { ...fields.businessHours, [day]: spans } });
  return (
    <>
      <p className="second">{t('settings.hours_hint')}</p>
      <TextField select label={t('settings.region')} value={regions.some((one) => one.code === fields.holidayRegion) ? fields.holidayRegion : ''} onChange={(event) => onChange({ ...fields, holidayRegion: event.target.value })}>
        {regions.map((one) => <MenuItem key={one.code} value={one.code}>{one.name}</MenuItem>)}
      </TextField>
      <ul className="hours">
        {WEEKDAYS.map((day) => <DayLine key={day} day={day} spans={fields.businessHours[day] ?? []} onChange={(next) => setDay(day, next)} />)}
      </ul>
    </>
  );
}

function DayLine({ day, spans, onChange }: { day: Weekday; spans: readonly Span[]; onChange: (spans: readonly Span[]) => void }) {
  const t = useT();
  const locale = useSpokenLocale();
  const name = dayName((WEEKDAYS.indexOf(day) + 1) % 7, locale);
  const set = (at: number, part: Partial<Span>): void => onChange(spans.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <li className="hours-day">
      <span className="strong">{name}</span>
      <span className="hours-spans">
        {spans.length === 0 ? <span className="second">{t('settings.closed')}</span> : null}
        {spans.map((span, at) => (
          <span key={at} className="hours-span">
            <TextField type="time" value={span.from} onChange={(event) => set(at, { from: event.target.value })} slotProps={{ htmlInput: { 'aria-label': `${name}, ${t('settings.from')}` } }} />
            –
            <TextField type="time" value={span.to} onChange={(event) => set(at, { to: event.target.value })} slotProps={{ htmlInput: { 'aria-label': `${name}, ${t('settings.until')}` } }} />
            <IconButton aria-label={`${t('action.remove')}: ${name}, ${span.from}–${span.to}`} onClick={() => onChange(spans.filter((_, index) => index !== at))}><CloseIcon style={{ fontSize: 16 }} /></IconButton>
          </span>
        ))}
        <button type="button" className="linklike icon-line" onClick={() => onChange([...spans, { from: '07:30', to: '16:30' }])}><AddIcon />{t('settings.add_span')}</button>
      </span>
    </li>
  );
}
