import type { Request, Response } from 'express';
import { loadLinkView } from '#db/assignments/link-view.ts';
import { findSharedFile } from '#db/comments/shared.ts';
import type { Attachment } from '#db/attachments/entity.ts';
import { emFor } from '#db/orm.ts';
import { DomainError } from '#domain/errors.ts';
import type { AppDeps } from '../deps.ts';
import { sendContent, sendPreview } from '../attachments/send-file.ts';
import { idOf } from '../schema.ts';
import { standing } from './notices.ts';
import { openLink, type Purpose } from './open-link.ts';
import { sideOf } from './side.ts';

/** `GET …/datei/:id` and its `/vorschau`: shared files only, and only while the page itself may be seen. */
export function sendLinkFile(deps: AppDeps, purpose: Purpose, what: 'content' | 'preview') {
  return async (req: Request, res: Response): Promise<void> => {
    const file = await findFile(deps, req, purpose);
    await (what === 'preview' ? sendPreview(res, deps.files, file) : sendContent(res, deps.files, file));
  };
}

async function findFile(deps: AppDeps, req: Request, purpose: Purpose): Promise<Attachment> {
  const id = idOf(req.params['id']);
  const opened = await openLink(deps, req, purpose, 'publicFile');
  if (!id) throw new DomainError('not_found');
  const now = deps.clock();
  return emFor(deps.orm, opened.actor).transactional(async (em) => {
    const view = await loadLinkView(em, opened, now);
    const isOpen = purpose === 'assignment' ? [null, 'closed', 'late_answer'].includes(standing(view)) : view.state === 'live';
    const file = isOpen ? await findSharedFile(em, sideOf({ view, opened }), id) : null;
    if (!file) throw new DomainError('not_found');
    return file;
  });
}
