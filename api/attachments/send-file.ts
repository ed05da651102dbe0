import type { Response } from 'express';
import { pipeline } from 'node:stream/promises';
import type { Attachment } from '#db/attachments/entity.ts';
import { FileMissing, type FileStore } from '#db/files.ts';
import { DomainError } from '#domain/errors.ts';

/** Types that a browser would run or render as a page of ours. */
const ACTIVE = /^(?:text\/(?:html|xml|javascript)|application\/(?:xhtml\+xml|xml|javascript)|image\/svg\+xml)\b/;

/** Sends a file for saving, never for showing: it came from strangers. Throws `not_found` where its bytes are gone. */
export async function sendContent(res: Response, files: FileStore, file: Pick<Attachment, 'fileKey' | 'name' | 'contentType' | 'size'>): Promise<void> {
  const bytes = await open(files, file.fileKey);
  forSaving(res, file);
  res.setHeader('Content-Length', file.size);
  await pipeline(bytes, res);
}

/** The same for bytes at hand. */
export function sendBytes(res: Response, file: { readonly name: string; readonly contentType: string; readonly bytes: Uint8Array }): void {
  forSaving(res, file);
  res.send(Buffer.from(file.bytes));
}

function forSaving(res: Response, file: { readonly name: string; readonly contentType: string }): void {
  res.attachment(file.name);
  res.setHeader('Content-Type', ACTIVE.test(file.contentType) ? 'application/octet-stream' : file.contentType);
  harmless(res);
}

/** Shows a preview: pixels that we wrote anew ourselves. Throws `not_found` where there is none. */
export async function sendPreview(res: Response, files: FileStore, file: Pick<Attachment, 'previewKey'>): Promise<void> {
  if (!file.previewKey) throw new DomainError('not_found');
  const bytes = await open(files, file.previewKey);
  res.setHeader('Content-Type', 'image/jpeg');
  res.setHeader('Content-Disposition', 'inline');
  harmless(res);
  await pipeline(bytes, res);
}

function harmless(res: Response): void {
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  // Asked again each time, so that lost access shows at once; what is unchanged is not sent twice within a page.
  res.setHeader('Cache-Control', 'private, no-cache');
}

async function open(files: FileStore, key: string) {
  try {
    return await files.getStream(key);
  } catch (error) {
    if (error instanceof FileMissing) throw new DomainError('not_found');
    throw error;
  }
}
