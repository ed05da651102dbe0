import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '#domain/errors.ts';

/**
 * Lets through who names the user and one of the passwords (separated by commas: several are valid while they rotate).
 * Decided by the headers alone, before a byte of the body is read, and in the same time whatever was given.
 */
export function basicAuth(user: string, passwords: string) {
  const valid = passwords.split(',').map((one) => one.trim()).filter(Boolean).map((password) => digestOf(`${user}:${password}`));
  return (req: Request, res: Response, next: NextFunction): void => {
    const given = digestOf(credentialsOf(req.headers.authorization));
    const isValid = valid.map((one) => timingSafeEqual(one, given)).includes(true);
    if (isValid) return next();
    res.setHeader('WWW-Authenticate', 'Basic realm="webhooks", charset="UTF-8"');
    next(new DomainError('unauthenticated'));
  };
}

function credentialsOf(header: string | undefined): string {
  const [, encoded = ''] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? '') ?? [];
  return Buffer.from(encoded, 'base64').toString('utf8');
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
