import { Autocomplete, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../layout/account-context.ts';
import { usePortal } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import type { Settings } from '../providers/types.ts';

type Regions = Settings['holidayRegions'];

/** The regions whose holidays can be kept, by name; none for who may not read settings. */
function useHolidayRegions(): Regions {
  const portal = usePortal();
  const may = useMay();
  const asked = useQuery({ queryKey: ['settings'], queryFn: () => portal.settings(), enabled: may('settings.read'), staleTime: 60_000 });
  return asked.data?.holidayRegions ?? [];
}

/** A region by name, or its code as long as no name is known. */
export function HolidayRegionName({ code }: { code: string }) {
  return useHolidayRegions().find((one) => one.code === code)?.name ?? code;
}

/** Whose holidays a workspace keeps, where they are not the organisation's. */
export function HolidayRegionInput({ value, onChange, problem }: { value: string; onChange: (code: string) => void; problem?: string | undefined }) {
  const t = useT();
  const regions = useHolidayRegions();
  // A municipality such as DE-BY-A has no row of its own and must stay as it is.
  const chosen = value === '' ? null : regions.find((one) => one.code === value) ?? { code: value, name: value };
  const countries = new Map(regions.filter((one) => !one.code.includes('-')).map((one) => [one.code, one.name]));
  return (
    <Autocomplete options={chosen && !regions.includes(chosen) ? [chosen, ...regions] : regions} value={chosen} groupBy={(one) => countries.get(one.code.slice(0, 2)) ?? ''}
      getOptionKey={(one) => one.code} getOptionLabel={(one) => one.name} isOptionEqualToValue={(one, other) => one.code === other.code} onChange={(_, next) => onChange(next?.code ?? '')}
      renderInput={(params) => <TextField {...params} name="holidayRegion" label={t('workspaces.holiday_region')} error={Boolean(problem)} helperText={problem ?? ''} placeholder={t('workspaces.as_organisation')}
        slotProps={{ ...params.slotProps, inputLabel: { ...params.slotProps?.inputLabel, shrink: true } }} />} />
  );
}
