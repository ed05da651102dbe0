import type { NextFunction, Request, Response } from 'express';
import { emFor, gateEm, systemEm, type Em } from '#db/orm.ts';
import { findInvitationLink, type OpenedInvitation } from '#db/partnerships/invitation-links.ts';
import { loadInvitationView, type InvitationView } from '#db/partnerships/invitation-view.ts';
import { DomainError } from '#domain/errors.ts';
import type { Locale } from '#domain/statuses.ts';
import type { PageBase } from '#templates/render.ts';
import type { AppDeps } from '../deps.ts';
import { sessionCookie } from '../middleware/cookies.ts';
import { addressKey } from '../middleware/limits.ts';
import { identify, type SignedIn } from '../middleware/session.ts';
import type { Visitor } from '../sign-in/sign-in.ts';
import { send, sendFault, type Known } from './answer-page.ts';
import { namelessBase } from './base.ts';
import type { PageAnswer } from './context.ts';
import { EMPTY_FORM, readFields, type PageForm } from './form.ts';
import { pageLocale } from './locale.ts';

/** What the handlers of an invitation's pages are given; they make their own transactions, as hashing takes long. */
export type InvitationContext = {
  readonly deps: AppDeps;
  readonly req: Request;
  readonly now: Date;
  readonly locale: Locale;
  readonly opened: OpenedInvitation;
  readonly view: InvitationView;
  readonly base: PageBase;
  /** Empty on GET. */
  readonly form: PageForm;
  readonly signedIn: SignedIn | null;
  readonly visitor: Visitor;
  /** One transaction in the invitee's eyes. */
  readonly transact: <T>(work: (em: Em) => Promise<T>) => Promise<T>;
};

export type InvitationHandler = (context: InvitationContext) => Promise<PageAnswer> | PageAnswer;

/** The way of each of its pages: whose link, what lies behind it, who is signed in → page or 303. */
export function answerInvitation(deps: AppDeps, handle: InvitationHandler) {
  return async (req: Request, res: Response, _next: NextFunction): Promise<void> => {
    const known: Known = { base: namelessBase(req), locale: pageLocale(req, { reader: null, client: null }), view: null };
    try {
      assertOwnForm(req, deps.settings.PUBLIC_URL);
      const context = await contextOf(deps, req, res);
      known.base = context.base;
      known.locale = context.locale;
      send(res, await handle(context), context.locale);
    } catch (error) {
      sendFault(error, req, res, known);
    }
  };
}

async function contextOf(deps: AppDeps, req: Request, res: Response): Promise<InvitationContext> {
  const now = deps.clock();
  const opened = await open(deps, req);
  const transact: InvitationContext['transact'] = (work) => emFor(deps.orm, opened.actor).transactional(work);
  const view = await transact((em) => loadInvitationView(em, opened.actor, now));
  const cookie = sessionCookie(req, res, deps.settings.PUBLIC_URL);
  const signedIn = (await identify(deps.orm, cookie.read(), null, now))?.signedIn ?? null;
  const visitor: Visitor = {
    deps, now, cookie, signedIn, address: req.ip ?? '', agent: req.headers['user-agent']?.slice(0, 300) ?? null,
    transact: (work) => gateEm(deps.orm, signedIn?.userId).transactional(work),
  };
  const { organisation, partnership } = view;
  return {
    deps, req, now, opened, view, signedIn, visitor, transact,
    locale: pageLocale(req, { reader: partnership.locale, client: organisation.locale }),
    form: req.method === 'POST' ? readFields(req) : EMPTY_FORM,
    base: {
      ...namelessBase(req), clientName: organisation.name, clientPhone: organisation.phone ?? null, legalLink: organisation.legalUrl ?? null,
      privacyLink: organisation.privacyUrl ?? null, timeZone: organisation.timeZone,
    },
  };
}

async function open(deps: AppDeps, req: Request): Promise<OpenedInvitation> {
  const token = req.params['token'];
  await deps.limits.consume('publicAddress', addressKey(req.ip ?? ''));
  const opened = typeof token === 'string' ? await systemEm(deps.orm).transactional((em) => findInvitationLink(em, token)) : null;
  if (!opened) throw new DomainError('link_unknown');
  await deps.limits.consume('publicLink', opened.link.id);
  return opened;
}

/** These forms set a session: none that another site's page sends is taken. Our pages send no referrer, so their Origin may be `null`. */
function assertOwnForm(req: Request, publicUrl: string): void {
  if (req.method !== 'POST') return;
  const site = req.headers['sec-fetch-site'];
  const { origin } = req.headers;
  const isOurs = site === undefined ? origin === undefined || origin === 'null' || origin === new URL(publicUrl).origin : site === 'same-origin' || site === 'none';
  if (!isOurs) throw new DomainError('wrong_origin');
}
