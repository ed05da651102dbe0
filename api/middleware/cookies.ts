import type { Request, Response } from 'express';

export const SESSION_LIFETIME_MS = 7 * 24 * 3_600_000;

/** Puts the session's token into the browser and takes it out again. */
export type SessionCookie = {
  readonly read: () => string | null;
  readonly set: (token: string) => void;
  readonly clear: () => void;
};

/** `__Host-` binds the cookie to this host and to TLS; browsers refuse that prefix without TLS. */
export function cookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-gewerk' : 'gewerk';
}

export function sessionCookie(req: Request, res: Response, publicUrl: string): SessionCookie {
  const name = cookieName(publicUrl);
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: publicUrl.startsWith('https:') } as const;
  return {
    read: () => readCookie(req.headers.cookie, name),
    set: (token) => void res.cookie(name, token, { ...options, maxAge: SESSION_LIFETIME_MS }),
    clear: () => void res.clearCookie(name, options),
  };
}

/** Value of a cookie in the request header, or null; a doubled name counts as none. */
export function readCookie(header: string | undefined, name: string): string | null {
  const values = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  return values.length === 1 ? (values[0] ?? null) : null;
}
