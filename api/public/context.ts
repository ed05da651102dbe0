import type { Request } from 'express';
import type { LinkView } from '#db/assignments/link-view.ts';
import type { OpenedLink } from '#db/assignments/links.ts';
import type { Em } from '#db/orm.ts';
import type { LinkActor } from '#domain/actors.ts';
import type { Locale } from '#domain/statuses.ts';
import type { PageBase, PageData, PageName } from '#templates/render.ts';
import type { AppDeps } from '../deps.ts';
import type { PageForm } from './form.ts';

/** What a page's handler is given; `em` is held to the link by row-level security, in the one transaction of the request. */
export type PageContext = {
  readonly deps: AppDeps;
  readonly req: Request;
  readonly em: Em;
  readonly now: Date;
  readonly locale: Locale;
  readonly opened: OpenedLink;
  readonly actor: LinkActor;
  readonly view: LinkView;
  readonly base: PageBase;
  /** Empty on GET. */
  readonly form: PageForm;
};

/** A page to show, or where to go on: POST changes, then 303. Files of the form are taken back unless their rows were written (`keepsFiles`). */
export type PageAnswer = { readonly keepsFiles?: boolean } & (
  | { [Name in PageName]: { readonly page: Name; readonly data: PageData[Name]; readonly status: number } }[PageName]
  | { readonly goTo: string }
  | { readonly file: { readonly name: string; readonly contentType: string; readonly content: string } }
);

export type PageHandler = (context: PageContext) => Promise<PageAnswer> | PageAnswer;

export function page<Name extends PageName>(name: Name, data: PageData[Name], status = 200): PageAnswer {
  return { page: name, data, status } as PageAnswer;
}

/** Below the page's own address, in the language asked for; `ok` is what the page will say has happened. */
export function goTo({ base }: PageContext, step: '' | 'nachrichten' | 'dateien', said: Readonly<Record<string, string>> = {}): PageAnswer {
  const query = new URLSearchParams({ ...said, ...(base.askedLanguage ? { lang: base.askedLanguage } : {}) }).toString();
  return { goTo: `${base.basePath}${step && `/${step}`}${query && `?${query}`}`, keepsFiles: true };
}

/** What the address says that a step just did. */
export function saidBy(req: Request): string {
  return typeof req.query['ok'] === 'string' ? req.query['ok'] : '';
}
