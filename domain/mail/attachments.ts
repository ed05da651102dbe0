/** Largest file taken by mail, in bytes. */
export const MAIL_FILE_LIMIT_BYTES = 20 * 1024 * 1024;

export type AttachmentDecision = 'keep' | 'hide_logo' | 'hide_signature_file' | 'too_large' | 'empty_skip' | 'keep_unreadable';

export interface InboundAttachment {
  name: string;
  contentType: string;
  sizeBytes: number;
  /** cid of an inline part; "" or missing for a plain attachment. */
  contentId?: string | undefined;
  widthPx?: number | undefined;
  heightPx?: number | undefined;
}

const LOGO_BYTES = 10 * 1024;
const LOGO_PX = 200;
const MAX_NAME = 120;

/**
 * What becomes of one attachment. Hidden files are stored and listed on request; `hiddenContentIds` come from the extractor.
 * A mail within the mail (.eml) is kept like any file.
 */
export function decideAttachment(file: InboundAttachment, hiddenContentIds: readonly string[]): AttachmentDecision {
  if (file.sizeBytes <= 0) return 'empty_skip';
  if (file.sizeBytes > MAIL_FILE_LIMIT_BYTES) return 'too_large';
  const type = file.contentType.split(';', 1)[0]!.trim().toLowerCase();
  const name = file.name.toLowerCase();
  if (/^application\/(?:x-)?pkcs7-signature$|^application\/pgp-(?:signature|keys)$/.test(type) || /^(?:smime\.p7s|signature\.asc|publickey.*\.asc)$/.test(name)) return 'hide_signature_file';
  if (/^application\/(?:x-)?pkcs7-mime$|^application\/pgp-encrypted$/.test(type) || /\.(?:p7m|pgp|gpg)$/.test(name) || name === 'encrypted.asc') return 'keep_unreadable';
  return isLogo(file, type, hiddenContentIds) ? 'hide_logo' : 'keep';
}

function isLogo(file: InboundAttachment, type: string, hiddenContentIds: readonly string[]): boolean {
  const contentId = bareContentId(file.contentId ?? '');
  if (contentId === '' || !type.startsWith('image/')) return false;
  if (hiddenContentIds.some((hidden) => bareContentId(hidden) === contentId)) return true;
  const isSmall = file.widthPx !== undefined && file.heightPx !== undefined && file.widthPx < LOGO_PX && file.heightPx < LOGO_PX;
  return file.sizeBytes < LOGO_BYTES || isSmall;
}

function bareContentId(contentId: string): string {
  return contentId.trim().replace(/^cid:/i, '').replace(/^<|>$/g, '').toLowerCase();
}

/** A file's name as it may be shown and offered for download: no folders, no control or direction signs, no device names, at most 120 characters with its ending kept. */
export function safeFileName(name: string): string {
  const last = name.slice(0, 2000).normalize('NFC').split(/[/\\]/).at(-1)!;
  const clean = last
    // oxlint-disable-next-line no-control-regex -- these are what must go
    .replace(/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .replace(/(?:\.| )+$/, '');
  const usable = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(clean) ? `_${clean}` : clean;
  return usable === '' ? 'Anhang' : shorten(usable);
}

function shorten(name: string): string {
  if (name.length <= MAX_NAME) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= 12 ? name.slice(dot) : '';
  // Half of a pair of surrogates would be no character.
  return name.slice(0, MAX_NAME - ending.length).replace(/[\uD800-\uDBFF]$/, '').trimEnd() + ending;
}
