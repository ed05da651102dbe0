import type { Request } from 'express';
import { PostmarkRefusal } from './errors.ts';

export interface Page {
  count: number;
  offset: number;
}

/**
 * Reads `count` and `offset`, which Postmark requires: at most 500 at once, at most 10,000 together.
 * @throws PostmarkRefusal with the given code
 */
export function readPage(request: Request, code: number): Page {
  const count = Number(text(request, 'count') ?? NaN);
  const offset = Number(text(request, 'offset') ?? NaN);
  if (!Number.isInteger(count) || count < 1 || count > 500) throw new PostmarkRefusal(code, "Parameter 'count' must be from 1 to 500.");
  if (!Number.isInteger(offset) || offset < 0) throw new PostmarkRefusal(code, "Parameter 'offset' must be 0 or more.");
  if (count + offset > 10_000) throw new PostmarkRefusal(code, "'count' and 'offset' together must not exceed 10,000.");
  return { count, offset };
}

/** A query parameter given once, without regard to upper and lower case. */
export function text(request: Request, name: string): string | undefined {
  const found = Object.entries(request.query).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return typeof found?.[1] === 'string' && found[1] !== '' ? found[1] : undefined;
}

/** Whether a moment lies in the wanted range; a bare day as the end means the whole day. */
export function isBetween(at: string, from: string | undefined, to: string | undefined): boolean {
  const moment = Date.parse(at);
  if (from !== undefined && moment < Date.parse(from)) return false;
  if (to === undefined) return true;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(to);
  return moment <= Date.parse(to) + (isDay ? 86_399_999 : 0);
}
