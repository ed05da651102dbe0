import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { assertHarmless, contentTypeOf } from '#db/file-types.ts';
import { isImage, prepareImage } from '#db/images.ts';

const plain = (width = 400, height = 200) => sharp({ create: { width, height, channels: 3, background: '#a33' } });
const GPS = { IFD0: { Make: 'Telefon' }, IFD2: { DateTimeOriginal: '2026:11:26 08:15:00' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 8/1 0/1' } };
/** A JPEG whose EXIF block is there; the place stands in it. */
const withPlace = (): Promise<Buffer> => plain().jpeg().withExif(GPS).toBuffer();

test('a photo loses its position and keeps the time it was taken', async () => {
  const image = await prepareImage(await withPlace(), 'image/jpeg');
  expect((await sharp(image.bytes).metadata()).exif).toBeUndefined();
  expect(image).toMatchObject({ contentType: 'image/jpeg', width: 400, height: 200, takenAt: '2026-11-26T08:15:00' });
});

test('a photo without position is kept byte for byte', async () => {
  const bytes = await plain().jpeg().withExif({ IFD2: { DateTimeOriginal: '2026:11:26 08:15:00' } }).toBuffer();
  expect((await prepareImage(bytes, 'image/jpeg')).bytes).toBe(bytes);
});

test('a position in XMP goes, too', async () => {
  const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="48,8N"/></rdf:RDF></x:xmpmeta>';
  const image = await prepareImage(await plain().jpeg().withXmp(xmp).toBuffer(), 'image/jpeg');
  expect(Buffer.from(image.bytes).includes('GPSLatitude')).toBe(false);
});

test('a broken photo has no preview, and its camera’s notes are gone all the same', async () => {
  const whole = await withPlace();
  const image = await prepareImage(whole.subarray(0, whole.length - 300), 'image/jpeg');
  expect(image.preview).toBeNull();
  expect(Buffer.from(image.bytes).includes('Exif')).toBe(false);
});

test('a preview is a JPEG of at most 960 pixels', async () => {
  const { preview } = await prepareImage(await plain(3000, 1500).png().toBuffer(), 'image/png');
  expect(await sharp(preview!).metadata()).toMatchObject({ format: 'jpeg', width: 960, height: 480 });
});

test('a picture of too many pixels is not unpacked', async () => {
  const bomb = await plain(9000, 9000).png({ compressionLevel: 9 }).toBuffer();
  expect((await prepareImage(bomb, 'image/png')).preview).toBeNull();
});

test('a drawing named as a photo never reaches the drawing loader', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>');
  expect(isImage(await contentTypeOf(svg, 'foto.png'))).toBe(false);
  expect((await prepareImage(svg, 'image/png')).preview).toBeNull();
});

test('what says it is HEIC and is none is kept without preview', async () => {
  expect(await prepareImage(await withPlace(), 'image/heic')).toMatchObject({ contentType: 'image/heic', preview: null });
});

test('the content decides the type, not the name', async () => {
  expect(await contentTypeOf(await withPlace(), 'rechnung.pdf')).toBe('image/jpeg');
  expect(await contentTypeOf(Buffer.from('a;b\n1;2'), 'liste.csv')).toBe('text/csv');
  expect(await contentTypeOf(Buffer.from('irgendwas'), 'ohne-endung')).toBe('application/octet-stream');
});

test.each([
  ['programm.exe', 'application/octet-stream'],
  ['rechnung.pdf.js', 'text/plain'],
  ['bild.jpg', 'application/x-msdownload'],
  ['auto.lnk', 'application/octet-stream'],
])('%s of type %s is refused', (name, contentType) => {
  expect(() => assertHarmless({ name, contentType, size: 10 })).toThrow('file_type_not_allowed');
});

test('an empty file is refused by name', () => {
  expect(() => assertHarmless({ name: 'leer.txt', contentType: 'text/plain', size: 0 })).toThrow('file_empty');
});
