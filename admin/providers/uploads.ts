import { addressOf, asHttpError } from './http.ts';
import { inAccount } from './session.ts';
import type { UploadAnswer } from './types.ts';

/** Uploads files to an order with progress from 0 to 1; `fetch` can't tell progress, so this is an XMLHttpRequest. */
export function uploadFiles(
  workOrderId: string,
  files: readonly File[],
  { isForMessage, key, onProgress, signal }: {
    /** A message follows that says who sees them; else everybody who takes part does. */
    readonly isForMessage: boolean;
    /** The same when it is sent again: what had arrived before is not stored twice. */
    readonly key: string;
    readonly onProgress: (share: number) => void;
    readonly signal: AbortSignal;
  },
): Promise<UploadAnswer> {
  const form = new FormData();
  form.append('isForMessage', String(isForMessage));
  for (const file of files) form.append('files', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', addressOf(inAccount(`/work-orders/${workOrderId}/attachments`)));
    request.setRequestHeader('idempotency-key', key);
    request.responseType = 'json';
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status < 300) resolve(request.response as UploadAnswer);
      else reject(asHttpError(request.status, request.response));
    };
    request.onerror = () => reject(asHttpError(0, { status: 0, code: 'offline' }));
    signal.addEventListener('abort', () => request.abort());
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    request.send(form);
  });
}
