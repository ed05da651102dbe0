import sharp from 'sharp';

/** A small photo with a position in it, as a phone takes it. */
export async function photo(): Promise<Buffer> {
  return sharp({ create: { width: 640, height: 480, channels: 3, background: { r: 120, g: 150, b: 90 } } })
    .withExif({ IFD0: { Make: 'Telefon', Model: 'T1' }, IFD3: { GPSLatitude: '48/1 8/1 0/1', GPSLatitudeRef: 'N', GPSLongitude: '11/1 34/1 0/1', GPSLongitudeRef: 'E' } })
    .jpeg()
    .toBuffer();
}
