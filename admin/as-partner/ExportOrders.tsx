import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useDataProvider, useListContext, useNotify } from 'react-admin';
import { localDay } from '#domain/format/dates.ts';
import { csvOf } from '../parts/csv.ts';
import { DownloadIcon } from '../parts/icons.ts';
import { useSayFailure } from '../parts/portal.ts';
import { saveAsFile } from '../parts/save-file.ts';
import { useSpokenLocale, useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { OrderRow } from '../providers/types.ts';
import { exportTable } from './export-table.ts';

const PER_PAGE = 100;
/** As deep as the list of all clients is merged. */
const MOST_PAGES = 20;

/** What the list has under its filters, in its order, as a file for spreadsheets: the same rows from the same road, page by page. */
export function ExportOrders({ title, filter }: { title: string; filter?: Readonly<Record<string, unknown>> }) {
  const t = useT();
  const words = useWords();
  const locale = useSpokenLocale();
  const { now, zone } = useFormat();
  const dataProvider = useDataProvider();
  const sayFailure = useSayFailure();
  const notify = useNotify();
  const { resource, sort, filterValues, total } = useListContext<OrderRow>();
  const save = useMutation({
    mutationFn: async () => {
      const rows: OrderRow[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const { data, pageInfo } = await dataProvider.getList<OrderRow>(resource, { pagination: { page, perPage: PER_PAGE }, sort, filter: { ...filterValues, ...filter } });
        rows.push(...data);
        if (!pageInfo?.hasNextPage) break;
      }
      return rows;
    },
    onSuccess: (rows) => {
      saveAsFile(`${title} ${localDay(now, zone)}.csv`, csvOf(exportTable(rows, { t, words, zone }), locale.startsWith('de') ? ';' : ','));
      if (total !== undefined && rows.length < total) notify('client.export_first', { type: 'warning', messageArgs: { count: rows.length } });
    },
    onError: sayFailure,
  });
  return <Button variant="outlined" startIcon={<DownloadIcon />} disabled={!total || save.isPending} onClick={() => save.mutate()}>{t('client.export')}</Button>;
}
