import { fileTypeFromBuffer } from 'file-type';
import { DomainError } from '#domain/errors.ts';

/** How much of a file's beginning is enough to tell its type. */
export const HEAD_BYTES = 4100;

/** Types that a machine runs when somebody opens them; refused whatever the name says. */
const HARMFUL_TYPES = new Set([
  'application/x-msdownload', 'application/vnd.microsoft.portable-executable', 'application/x-elf', 'application/x-mach-binary',
  'application/x-ms-shortcut', 'application/x-msi', 'application/java-vm', 'application/x-shockwave-flash', 'application/vnd.android.package-archive',
  'application/x-apple-diskimage', 'application/wasm', 'application/x-chrome-extension', 'application/x-rpm', 'application/x-deb',
]);
/** Programs that are plain text or that no magic number tells: the name is all there is. */
const HARMFUL_ENDINGS =
  /\.(exe|com|bat|cmd|scr|pif|cpl|msi|msp|mst|msc|vbs|vbe|vb|js|jse|mjs|wsf|wsh|wsc|ps1|psm1|hta|lnk|reg|jar|app|dll|sys|scf|inf|ins|isp|chm|hlp|sct|shs|shb|mdb|ade|adp|apk|dmg|iso|img|vhd|vhdx|sh|command|desktop|url|website)\.*$/i;

const BY_ENDING: Readonly<Record<string, string>> = {
  txt: 'text/plain', csv: 'text/csv', md: 'text/plain', log: 'text/plain', ics: 'text/calendar', vcf: 'text/vcard', eml: 'message/rfc822',
  doc: 'application/msword', xls: 'application/vnd.ms-excel', ppt: 'application/vnd.ms-powerpoint', msg: 'application/vnd.ms-outlook',
  dwg: 'image/vnd.dwg', dxf: 'image/vnd.dxf', p7s: 'application/pkcs7-signature', p7m: 'application/pkcs7-mime', asc: 'application/pgp-signature',
};

/** Type of a file by its content; the name decides only among types that look alike inside. */
export async function contentTypeOf(head: Uint8Array, name: string): Promise<string> {
  const found = await fileTypeFromBuffer(head);
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (found && found.mime !== 'application/x-cfb') return found.mime;
  return BY_ENDING[ending] ?? 'application/octet-stream';
}

/** Refuses what could do harm when it is opened; throws `file_type_not_allowed` or `file_empty`. */
export function assertHarmless(file: { readonly contentType: string; readonly name: string; readonly size: number }): void {
  if (file.size === 0) throw new DomainError('file_empty', { name: file.name });
  if (HARMFUL_TYPES.has(file.contentType) || HARMFUL_ENDINGS.test(file.name)) {
    throw new DomainError('file_type_not_allowed', { name: file.name });
  }
}
