import type { Request } from 'express';
import type { LinkView } from '#db/assignments/link-view.ts';
import type { PageBase } from '#templates/render.ts';
import { askedLanguage } from './locale.ts';

/** Who writes, and where the page lies. */
export function pageBase(req: Request, view: LinkView): PageBase {
  const { organisation, workspace, order } = view;
  return {
    ...namelessBase(req),
    clientName: organisation.name,
    clientPhone: organisation.phone ?? null,
    orderNumber: order.number,
    legalLink: organisation.legalUrl ?? null,
    privacyLink: organisation.privacyUrl ?? null,
    timeZone: workspace.timeZone ?? organisation.timeZone,
  };
}

/** The same where nobody knows whose link it is: no client is named. */
export function namelessBase(req: Request): PageBase {
  const [, door = 'a', token = ''] = req.path.split('/');
  const path = req.path.replace(/\/$/, '');
  return {
    clientName: null, logoUrl: null, clientPhone: null, orderNumber: null, legalLink: null, privacyLink: null,
    basePath: `/${door}/${token}`, path, askedLanguage: askedLanguage(req), timeZone: 'UTC',
  };
}
