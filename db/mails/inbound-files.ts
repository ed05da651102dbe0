import { DomainError } from '#domain/errors.ts';
import { decideAttachment, MAIL_FILE_LIMIT_BYTES, safeFileName } from '#domain/mail/attachments.ts';
import { bytesOf, storeFile, type StoredFile } from '../attachments/store-file.ts';
import type { FileStore } from '../files.ts';
import type { InboundContent, MailFile } from './inbound-content.ts';

/** A file that did not come along, and why: `too_large`, `empty`, `type_not_allowed`. */
export type MissingFile = { readonly name: string; readonly reason: string; readonly size: number };

/** Files of a mail that lie in the store and wait for their rows. */
export type KeptFiles = {
  readonly kept: readonly { readonly file: StoredFile; readonly isHidden: boolean }[];
  readonly missing: readonly MissingFile[];
};

/**
 * Puts a mail's files into the store. Logos and signature files are kept but hidden; what is too large, empty or harmful
 * is named. `hiddenContentIds`: pictures that stand in the quoted part only.
 */
export async function storeInboundFiles(
  files: FileStore,
  organisationId: string,
  content: InboundContent,
  hiddenContentIds: readonly string[],
  tick: () => void = () => undefined,
): Promise<KeptFiles> {
  const kept: { file: StoredFile; isHidden: boolean }[] = [];
  const missing: MissingFile[] = [];
  for (const file of content.files) {
    const result = await storeOne(files, organisationId, file, hiddenContentIds);
    if ('reason' in result) missing.push(result);
    else kept.push(result);
    tick();
  }
  return { kept, missing };
}

async function storeOne(
  files: FileStore,
  organisationId: string,
  file: MailFile,
  hidden: readonly string[],
): Promise<{ file: StoredFile; isHidden: boolean } | MissingFile> {
  const facts = { name: file.name, contentType: file.contentType, sizeBytes: file.size, contentId: file.contentId };
  const decision = decideAttachment(facts, hidden);
  const lost = (reason: string): MissingFile => ({ name: safeFileName(file.name), reason, size: file.size });
  if (decision === 'too_large') return lost('too_large');
  if (decision === 'empty_skip') return lost('empty');
  try {
    const stored = await storeFile(files, organisationId, { name: file.name, bytes: bytesOf(file.bytes()), limitBytes: MAIL_FILE_LIMIT_BYTES });
    // Only now the size of the picture is known.
    const size = stored.width && stored.height ? { widthPx: stored.width, heightPx: stored.height } : {};
    const isHidden = decideAttachment({ ...facts, ...size }, hidden).startsWith('hide_');
    return { file: stored, isHidden };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const reasons: Readonly<Record<string, string>> = { file_too_large: 'too_large', file_empty: 'empty' };
    return lost(reasons[error.code] ?? 'type_not_allowed');
  }
}
