import { Button, IconButton, LinearProgress } from '@mui/material';
import { CheckCircleIcon, CloseIcon, FileIcon, WarningIcon } from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Upload } from './use-uploads.ts';

type UploadListProps = { readonly uploads: readonly Upload[]; readonly onDrop: (upload: Upload) => void; readonly onRetry: (upload: Upload) => Promise<void> };

/** Each file with its progress; what was refused says why, what broke can be tried again. */
export function UploadList({ uploads, onDrop, onRetry }: UploadListProps) {
  const t = useT();
  const format = useFormat();
  if (uploads.length === 0) return null;
  return (
    <ul className="upload-list">
      {uploads.map((one) => (
        <li key={one.key} className={one.problem ? 'danger' : ''}>
          <span className="icon-line one-line">
            {one.problem ? <WarningIcon /> : one.saved ? <CheckCircleIcon className="good" /> : <FileIcon />}
            {one.problem ?? (one.saved ? `${one.file.name}, ${format.size(one.file.size)}` : t('composer.uploading', { name: one.file.name, percent: Math.round(one.share * 100) }))}
          </span>
          {one.problem && one.canRetry ? <Button onClick={() => void onRetry(one)}>{t('composer.retry')}</Button> : null}
          <IconButton aria-label={t('composer.remove_file', { name: one.file.name })} onClick={() => onDrop(one)}><CloseIcon style={{ fontSize: 15 }} /></IconButton>
          {one.saved || one.problem ? null : <LinearProgress variant="determinate" value={one.share * 100} aria-label={one.file.name} />}
        </li>
      ))}
    </ul>
  );
}
