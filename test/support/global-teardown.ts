import { rm } from 'node:fs/promises';

/** Ends what the set-up started, the youngest first, and removes its files. */
export default async function tearDown(): Promise<void> {
  const services = globalThis.gewerkTestServices;
  if (services === undefined) return;
  for (const child of services.children.reverse()) await child.stop();
  await rm(services.folder, { recursive: true, force: true });
}
