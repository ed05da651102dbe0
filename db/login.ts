import { createHmac } from 'node:crypto';

export const APP_LOGIN = 'gewerk_app';

/**
 * Address of the plain login: DATABASE_APP_URL where it is set, else the owner's address with a login of its own
 * whose password follows from the owner's, so that API and worker find it without another secret.
 */
export function appDatabaseUrl(settings: { DATABASE_URL: string; DATABASE_APP_URL?: string | undefined }): string {
  if (settings.DATABASE_APP_URL) return settings.DATABASE_APP_URL;
  const url = new URL(settings.DATABASE_URL);
  url.password = appPassword(settings.DATABASE_URL);
  url.username = APP_LOGIN;
  return url.href;
}

/** Password of the derived login. */
export function appPassword(ownerUrl: string): string {
  const ownerPassword = decodeURIComponent(new URL(ownerUrl).password);
  return createHmac('sha256', ownerPassword).update(APP_LOGIN).digest('base64url');
}
