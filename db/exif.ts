/** What a photo's EXIF block says that concerns us. */
export type ExifFacts = {
  /** Local time without a zone, as the camera wrote it: `2026-11-26T08:15:00`. */
  readonly takenAt: string | null;
  readonly hasPosition: boolean;
};

const TAG = { exifFolder: 0x8769, gpsFolder: 0x8825, dateTimeOriginal: 0x9003, dateTime: 0x0132 } as const;
const MOST_ENTRIES = 500;

/** Reads an EXIF block (with or without its `Exif\0\0` head); a broken one tells nothing, except that it may hide a position. */
export function readExif(block: Uint8Array): ExifFacts {
  try {
    return readTiff(new Tiff(withoutHead(block)));
  } catch (error) {
    if (error instanceof RangeError) return { takenAt: null, hasPosition: true };
    throw error;
  }
}

function readTiff(tiff: Tiff): ExifFacts {
  const root = tiff.folder(tiff.uint32(4));
  const exifAt = root.get(TAG.exifFolder);
  const exif = exifAt === undefined ? new Map<number, number>() : tiff.folder(tiff.uint32(exifAt));
  const takenAt = exif.get(TAG.dateTimeOriginal) ?? root.get(TAG.dateTime);
  return {
    takenAt: takenAt === undefined ? null : isoOf(tiff.text(takenAt)),
    hasPosition: root.has(TAG.gpsFolder),
  };
}

function withoutHead(block: Uint8Array): Uint8Array {
  const head = String.fromCharCode(...block.subarray(0, 4));
  return head === 'Exif' ? block.subarray(6) : block;
}

/** `2026:11:26 08:15:00` → ISO; cameras without a clock write spaces or zeros. */
function isoOf(text: string): string | null {
  const found = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})/.exec(text);
  if (!found || found[1] === '0000') return null;
  return `${found[1]}-${found[2]}-${found[3]}T${found[4]}`;
}

/** The format inside an EXIF block: folders of tagged values. */
class Tiff {
  readonly #view: DataView;
  readonly #isLittle: boolean;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#isLittle = this.#view.getUint16(0) === 0x4949;
  }

  uint32(at: number): number {
    return this.#view.getUint32(at, this.#isLittle);
  }

  /** Where the value of each tag of a folder stands. */
  folder(at: number): Map<number, number> {
    const count = Math.min(this.#view.getUint16(at, this.#isLittle), MOST_ENTRIES);
    const values = new Map<number, number>();
    for (let index = 0; index < count; index += 1) {
      const entry = at + 2 + index * 12;
      values.set(this.#view.getUint16(entry, this.#isLittle), entry + 8);
    }
    return values;
  }

  /** Text of a value that is longer than four bytes, so that it stands elsewhere. */
  text(valueAt: number): string {
    const length = this.uint32(valueAt - 4);
    const start = this.uint32(valueAt);
    const bytes = new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, Math.min(length, 64));
    return String.fromCharCode(...bytes).replace(/\0.*$/s, '');
  }
}
