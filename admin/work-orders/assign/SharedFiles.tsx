import { Checkbox, FormControlLabel, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { LockIcon } from '../../parts/icons.ts';
import { usePortal } from '../../parts/portal.ts';
import { useErrorText, useT } from '../../parts/speech.ts';
import type { PortalDataProvider } from '../../providers/data.ts';
import type { Attachment, Order } from '../../providers/types.ts';
import type { FieldsProps } from './AssignFieldset.tsx';
import { filesNamed, sharedAmong } from './choice.ts';

/** As many as the API takes in one choice; a choice among some would take the others away from whoever works on the order. */
const MOST_FILES = 1_000;
/** From here on, a box narrows the list by name. */
const LONG_LIST = 12;

/** Which files the firm sees: all of the order's, also those that the order did not bring along. */
export function SharedFiles({ order, fields, onChange }: FieldsProps & { readonly order: Order }) {
  const t = useT();
  const errorText = useErrorText();
  const [named, setNamed] = useState('');
  const { files, error } = useAllFiles(order);
  if (order.attachmentCount === 0) return null;
  if (!files || order.attachmentCount > MOST_FILES) {
    const said = error ? errorText(error) : t(order.attachmentCount > MOST_FILES ? 'assign.files_many' : 'state.loading', { count: order.attachmentCount });
    return <fieldset><legend className="form-section">{t('assign.files')}</legend><p className="second" role="status">{said}</p></fieldset>;
  }
  const chosen = sharedAmong(files, fields.sharedIds);
  const toggle = (id: string): void => onChange({ ...fields, sharedIds: chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id] });
  return (
    <fieldset>
      <legend className="form-section">{t('assign.files')} <span className="second">{t('assign.files_chosen', { chosen: chosen.length, count: files.length })}</span></legend>
      {files.length > LONG_LIST ? <TextField type="search" size="small" label={t('assign.files_named')} value={named} onChange={(event) => setNamed(event.target.value)} /> : null}
      <div className="file-choice">
        {filesNamed(files, named).map((one) => (
          <FormControlLabel key={one.id} control={<Checkbox checked={chosen.includes(one.id)} onChange={() => toggle(one.id)} />}
            label={<span className="icon-line">{one.name}{one.visibility === 'internal' ? <span className="tag is-internal"><LockIcon />{t('thread.internal')}</span> : null}</span>} />
        ))}
      </div>
    </fieldset>
  );
}

/** What the order brought along where that is all, else every page; null until they are here. */
function useAllFiles(order: Order): { readonly files: readonly Attachment[] | null; readonly error: unknown } {
  const portal = usePortal();
  const isMore = order.attachmentCount > order.attachments.length;
  const asked = useQuery({
    queryKey: ['work-orders', 'attachments', order.id, 'all'], queryFn: () => readAll(portal, order.id), enabled: isMore && order.attachmentCount <= MOST_FILES,
  });
  return isMore ? { files: asked.data ?? null, error: asked.error } : { files: order.attachments, error: null };
}

/** Oldest first, as the order brings them; a file that moves to another page while they are read is known once. */
async function readAll(portal: PortalDataProvider, orderId: string): Promise<Attachment[]> {
  const known = new Map<string, Attachment>();
  for (let page = 1, hasNext = true; hasNext; page += 1) {
    const read = await portal.attachments(orderId, page);
    for (const one of read.data) known.set(one.id, one);
    hasNext = read.pageInfo.hasNextPage;
  }
  return [...known.values()].reverse();
}
