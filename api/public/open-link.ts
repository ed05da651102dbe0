import type { Request } from 'express';
import { findLink, type OpenedLink } from '#db/assignments/links.ts';
import { systemEm } from '#db/orm.ts';
import { DomainError } from '#domain/errors.ts';
import type { AppDeps } from '../deps.ts';
import { addressKey, type LimitName } from '../middleware/limits.ts';

export type Purpose = 'assignment' | 'observer' | 'file_request';

/**
 * Finds the link of a page's address. Counted per link, and per address where many links are tried.
 * Throws `link_unknown` and `too_many_requests`.
 */
export async function openLink(deps: AppDeps, req: Request, purpose: Purpose, limit: LimitName = 'publicLink'): Promise<OpenedLink> {
  const token = req.params['token'];
  if (limit === 'publicLink') await deps.limits.consume('publicAddress', addressKey(req.ip ?? ''));
  const opened = typeof token === 'string' ? await systemEm(deps.orm).transactional((em) => findLink(em, token, purpose)) : null;
  if (!opened) throw new DomainError('link_unknown');
  await deps.limits.consume(limit, opened.link.id);
  return opened;
}
