import { Worker } from 'node:worker_threads';
import type Sharp from 'sharp';
import { readExif, type ExifFacts } from './exif.ts';
import { withoutCameraNotes } from './jpeg-segments.ts';

/** A picture as it is kept and shown. */
export type PreparedImage = {
  /** Without position; upright where it was touched at all. */
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** JPEG, at most 960 pixels wide or high; null when the picture can't be read. */
  readonly preview: Uint8Array | null;
  readonly width: number | null;
  readonly height: number | null;
  /** Local time of the camera, ISO without zone. */
  readonly takenAt: string | null;
  /** A new ending for the name where the type was changed. */
  readonly ending: '.jpg' | null;
};

const READABLE = ['image/jpeg', 'image/png', 'image/webp', 'image/tiff', 'image/gif', 'image/avif'];
const HEIC = ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'];
const MOST_PIXELS = 5e7;
const PREVIEW_PIXELS = 960;
const HEIC_TIME_MS = 30_000;

let sharp: typeof Sharp;

/** The image library is large: it is loaded with the first picture. Its absence is no fault of a picture. */
async function loadLibrary(): Promise<void> {
  sharp ??= (await import('sharp')).default;
  // A drawing named .png must not reach the SVG loader, which reads files and addresses; the others are never needed.
  sharp.block({ operation: ['VipsForeignLoadSvg', 'VipsForeignLoadMagick', 'VipsForeignLoadPdf', 'VipsForeignLoadOpenslide'] });
  // Photos come one by one; two cores are shared with the database.
  sharp.concurrency(1);
}

/** Whether `prepareImage` has something to do for this type (by content). */
export function isImage(contentType: string): boolean {
  return READABLE.includes(contentType) || HEIC.includes(contentType);
}

/**
 * Takes the position out of a photo and makes its preview; HEIC becomes JPEG. A picture that can't be read (broken, or
 * more than 50 million pixels) is kept without preview; of a JPEG the camera's notes are cut out all the same.
 */
export async function prepareImage(bytes: Uint8Array, contentType: string): Promise<PreparedImage> {
  await loadLibrary();
  if (HEIC.includes(contentType)) return prepareHeic(bytes);
  try {
    const facts = await factsOf(bytes);
    return facts.hasPosition ? await rewritten(bytes, contentType, facts) : await kept(bytes, contentType, facts);
  } catch {
    return unreadable(bytes, contentType);
  }
}

async function prepareHeic(bytes: Uint8Array): Promise<PreparedImage> {
  const original = await factsOf(bytes).catch(() => null);
  const jpeg = await heicToJpeg(bytes).catch(() => null);
  if (!jpeg) return unreadable(bytes, 'image/heic');
  const facts = { takenAt: original?.takenAt ?? null, hasPosition: false };
  return { ...(await kept(jpeg, 'image/jpeg', facts)), ending: '.jpg' };
}

function open(bytes: Uint8Array) {
  return sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', autoOrient: true });
}

async function factsOf(bytes: Uint8Array): Promise<ExifFacts> {
  const { exif, xmp } = await sharp(bytes, { limitInputPixels: MOST_PIXELS }).metadata();
  const facts = exif ? readExif(exif) : { takenAt: null, hasPosition: false };
  const isPlaceInXmp = xmp ? /GPS|Location|City/i.test(Buffer.from(xmp).toString('latin1')) : false;
  return { takenAt: facts.takenAt, hasPosition: facts.hasPosition || isPlaceInXmp };
}

/** Written anew, pixels only: whatever block hid the place is gone. */
async function rewritten(bytes: Uint8Array, contentType: string, facts: ExifFacts): Promise<PreparedImage> {
  const image = open(bytes).keepIccProfile();
  const isLossless = contentType === 'image/png' || contentType === 'image/gif';
  const clean = await (isLossless ? image.png() : contentType === 'image/webp' ? image.webp({ quality: 90 }) : image.jpeg({ quality: 92 })).toBuffer();
  const type = isLossless ? 'image/png' : contentType === 'image/webp' ? 'image/webp' : 'image/jpeg';
  const ending = type === 'image/jpeg' && contentType !== 'image/jpeg' ? '.jpg' : null;
  return { ...(await kept(clean, type, facts)), ending };
}

async function kept(bytes: Uint8Array, contentType: string, facts: ExifFacts): Promise<PreparedImage> {
  const { autoOrient } = await sharp(bytes, { limitInputPixels: MOST_PIXELS }).metadata();
  const preview = await open(bytes)
    .resize({ width: PREVIEW_PIXELS, height: PREVIEW_PIXELS, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 80 })
    .toBuffer();
  return { bytes, contentType, preview, width: autoOrient.width, height: autoOrient.height, takenAt: facts.takenAt, ending: null };
}

function unreadable(bytes: Uint8Array, contentType: string): PreparedImage {
  const clean = contentType === 'image/jpeg' ? (withoutCameraNotes(bytes) ?? bytes) : bytes;
  return { bytes: clean, contentType, preview: null, width: null, height: null, takenAt: null, ending: null };
}

/** In a thread that is ended when it takes too long. */
function heicToJpeg(bytes: Uint8Array): Promise<Uint8Array> {
  const worker = new Worker(new URL('./heic-worker.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  const timer = setTimeout(() => void worker.terminate(), HEIC_TIME_MS);
  return new Promise<Uint8Array>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The picture could not be converted')));
  }).finally(() => {
    clearTimeout(timer);
    void worker.terminate();
  });
}
