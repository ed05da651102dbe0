const MARKER = 0xff;
const START_OF_SCAN = 0xda;
/** JFIF, colour profile and Adobe's colour mark are needed to show the picture; EXIF, XMP and makers' notes are not. */
const KEPT_SEGMENTS = [0xe0, 0xe2, 0xee];

/** A JPEG without what cameras write beside the picture, pixels untouched; null where the file is not built like one. */
export function withoutCameraNotes(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== MARKER || bytes[1] !== 0xd8) return null;
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === MARKER) {
    const type = bytes[at + 1] ?? 0;
    if (type === START_OF_SCAN) return joined([...parts, bytes.subarray(at)]);
    const end = at + 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    if (end > bytes.length) return null;
    const isNote = (type >= 0xe0 && type <= 0xef && !KEPT_SEGMENTS.includes(type)) || type === 0xfe;
    if (!isNote) parts.push(bytes.subarray(at, end));
    at = end;
  }
  return null;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
