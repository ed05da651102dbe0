import { FileIcon, ImageIcon } from '../parts/icons.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Attachment } from '../providers/types.ts';

/** Photos as thumbnails, everything else by name and size; each opens in a tab of its own. */
export function FileStrip({ files }: { files: readonly Attachment[] }) {
  const t = useT();
  const format = useFormat();
  if (files.length === 0) return null;
  const taken = files.find((one) => one.takenAt)?.takenAt;
  return (
    <ul className="file-strip" aria-label={t('thread.files_of')}>
      {files.map((file) => (
        <li key={file.id}>
          <a href={file.url} target="_blank" rel="noreferrer" className={file.previewUrl ? 'file-photo' : 'file-chip'} title={`${file.name}, ${format.size(file.size)}`}>
            {file.previewUrl ? <img src={file.previewUrl} alt={file.name} loading="lazy" /> : <>{file.contentType.startsWith('image/') ? <ImageIcon /> : <FileIcon />}<span className="one-line">{file.name}</span>, {format.size(file.size)}</>}
          </a>
        </li>
      ))}
      {taken && /^\d{4}-\d{2}-\d{2}T/.test(taken) ? <li className="second">{format.near(taken)}</li> : null}
    </ul>
  );
}
