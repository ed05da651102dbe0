import { Button, IconButton } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ActionDialog } from '../parts/ActionDialog.tsx';
import { Empty } from '../parts/States.tsx';
import { AddIcon, DeleteIcon, FileIcon, LockIcon } from '../parts/icons.ts';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Attachment, Order } from '../providers/types.ts';
import { OlderButton, useOlder } from './older.tsx';
import { useUploads } from './use-uploads.ts';
import { UploadList } from './UploadList.tsx';

/** All files of an order; adding one here shares it with all who take part. */
export function FilesTab({ order }: { order: Order }) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const files = useUploads(order.id, { isForMessage: false });
  const client = useQueryClient();
  const portal = usePortal();
  const known = useOlder<Attachment>(['work-orders', 'attachments', order.id], { newest: order.attachments, count: order.attachmentCount, perPage: 100 }, (page) => portal.attachments(order.id, page));
  const shown = known.items.toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));
  const saved = files.uploads.filter((one) => one.saved).length;
  useEffect(() => {
    if (saved > 0) void client.invalidateQueries({ queryKey: ['work-orders'] });
  }, [saved, client]);
  const add = order.can['upload'] === false ? null : (
    <>
      <Button variant="outlined" startIcon={<AddIcon />} onClick={() => input.current?.click()}>{t('order.add_files')}</Button>
      <input ref={input} type="file" multiple hidden onChange={(event) => { files.add([...(event.target.files ?? [])]); event.target.value = ''; }} />
    </>
  );
  return (
    <section className="panel">
      {shown.length === 0 ? <Empty text={t('order.no_files')}>{add}</Empty> : (
        <>
          <OlderButton more={known.more} />
          <ul className="file-grid">{shown.map((one) => <FileCard key={one.id} file={one} />)}</ul>
          <div className="panel-body">{add}</div>
        </>
      )}
      <div className="panel-body"><UploadList uploads={files.uploads.filter((one) => !isAmong(shown, one.saved))} onDrop={files.drop} onRetry={files.retry} /></div>
    </section>
  );
}

/** A file that stands in the list needs no line that says that it arrived. */
function isAmong(shown: readonly Attachment[], saved: Attachment | null): boolean {
  return saved !== null && shown.some((one) => one.id === saved.id);
}

function FileCard({ file }: { file: Attachment }) {
  const t = useT();
  const format = useFormat();
  const [isAsking, setIsAsking] = useState(false);
  const remove = useCommand((portal, id: string) => portal.removeAttachment(id));
  return (
    <li className="file-card">
      <a href={file.url} target="_blank" rel="noreferrer" className="file-face">
        {file.previewUrl ? <img src={file.previewUrl} alt="" loading="lazy" /> : <FileIcon />}
      </a>
      <div className="file-about">
        <a href={file.url} target="_blank" rel="noreferrer" className="strong one-line">{file.name}</a>
        <span className="second">{format.size(file.size)} · {file.uploadedByName ?? ''} {format.near(file.createdAt)}</span>
        {file.visibility === 'internal' ? <span className="tag is-internal"><LockIcon />{t('thread.internal')}</span> : null}
      </div>
      {file.can['remove'] ? <IconButton aria-label={`${t('action.remove')}: ${file.name}`} onClick={() => setIsAsking(true)}><DeleteIcon style={{ fontSize: 17 }} /></IconButton> : null}
      <ActionDialog isOpen={isAsking} isDanger title={`${t('action.remove')}: ${file.name}`} confirm={t('action.remove')} onClose={() => setIsAsking(false)} onConfirm={() => remove.mutateAsync(file.id)} />
    </li>
  );
}
