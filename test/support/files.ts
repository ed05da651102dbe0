import sharp from 'sharp';
import { TEST_ORIGIN, type TestApi } from './api.ts';

/** A photo as a phone takes it: with the place and the time in it. */
export async function aPhoto(): Promise<Uint8Array> {
  const place = { GPSLatitudeRef: 'N', GPSLatitude: '48/1 8/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '11/1 34/1 0/1' };
  return sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#336699' } })
    .jpeg()
    .withExif({ IFD2: { DateTimeOriginal: '2026:11:20 08:15:00' }, IFD3: place })
    .toBuffer();
}

export type UploadedFile = { readonly name: string; readonly bytes: Uint8Array | string; readonly type?: string };

/** One multipart request as a browser would make it. */
export async function uploadTo(
  api: TestApi,
  path: string,
  options: { cookie?: string; files: readonly UploadedFile[]; fields?: Readonly<Record<string, string>>; headers?: Readonly<Record<string, string>> },
): Promise<{ status: number; body: never; headers: Headers }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(options.fields ?? {})) form.append(name, value);
  for (const file of options.files) form.append('files', new Blob([file.bytes as Uint8Array<ArrayBuffer>], { type: file.type ?? 'application/octet-stream' }), file.name);
  const response = await fetch(`${api.url}/api/v1${path}`, {
    method: 'POST', body: form, headers: { origin: TEST_ORIGIN, ...(options.cookie ? { cookie: options.cookie } : {}), ...options.headers },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as never };
}
