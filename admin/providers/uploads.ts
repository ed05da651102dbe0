import { addressOf, asHttpError } from './http.ts';
import { inAccount } from './session.ts';
import type { UploadAnswer } from './types.ts';

/** Uploads files to an order with progress from 0 to 1; `fetch` can't tell progress, so this is an XMLHttpRequest. */
export function uploadFiles(
  workOrderId: string,
  files: readonly File[],
  visibility: 'shared' | 'internal',
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadAnswer> {
  const form = new FormData();
  form.append('visibility', visibility);
  for (const file of files) form.append('files', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', addressOf(inAccount(`/work-orders/${workOrderId}/attachments`)));
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
