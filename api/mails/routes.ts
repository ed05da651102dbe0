import { z } from 'zod';
import { decideHeldReminders } from '#db/mails/held-reminders.ts';
import { resendMail } from '#db/mails/log-commands.ts';
import { hiddenPeople } from '#db/mails/hidden-people.ts';
import { findMail, findMails } from '#db/mails/log-queries.ts';
import { findMailCause } from '#db/mails/mail-cause.ts';
import { findInboundMail, readOriginal } from '#db/mails/original.ts';
import { route, slowRoute, streamRoute, type Route } from '../route.ts';
import { Id, IdParams, pageOf } from '../schema.ts';
import { loadRowContext } from './load.ts';
import { presentOriginal, sendOriginalFile } from './original.ts';
import { presentCause, presentMail, presentMailRow } from './present.ts';
import { HeldRemindersInput, MailCauseRecord, MailListQuery, MailOriginal, MailRecord, MailRow } from './schema.ts';

const list = route(
  { method: 'get', path: '/accounts/:accountId/mails', access: 'mail_log.read', summary: 'Every mail out and in, newest first, with its status and why', query: MailListQuery, response: pageOf(MailRow) },
  async ({ em, actor, query, now }) => {
    const { page, perPage, sort: _sort, order, ...filter } = query;
    const found = await findMails(em, actor, { page, perPage, order, filter, now });
    const context = await loadRowContext(em, actor, found.data);
    return { data: found.data.map((one) => presentMailRow(one, context)), pageInfo: found.pageInfo };
  },
);

const show = slowRoute(
  { method: 'get', path: '/accounts/:accountId/mails/:id', access: 'mail_log.read', summary: 'One mail with its words and what became of it', params: IdParams, response: MailRecord },
  async ({ actor, params, locale, transact, deps }) => {
    const found = await transact(async (em) => {
      const one = await findMail(em, actor, params.id);
      return { ...one, ...(await loadRowContext(em, actor, [one.logged])) };
    });
    const content = found.logged.direction === 'in' ? await readOriginal(deps.files, found.logged.mail) : null;
    return presentMail(found.logged, { ...found, locale, content });
  },
);

const cause = route(
  { method: 'get', path: '/accounts/:accountId/mails/:id/cause', access: 'own_mail.read', summary: 'Why a mail was sent, for whoever received it', params: IdParams, response: MailCauseRecord },
  async ({ em, actor, params, locale }) => {
    const found = await findMailCause(em, actor, params.id);
    const hidden = actor.kind === 'member' ? await hiddenPeople(em, actor.organisationId, [found.mail]) : new Map<string, string>();
    return presentCause(found, locale, hidden.get(found.mail.id) ?? null);
  },
);

const resend = route(
  { method: 'post', path: '/accounts/:accountId/mails/:id/resending', access: 'mail_log.resend', summary: 'Send a mail once more, to the address its recipient has now', params: IdParams, response: MailRow, status: 201 },
  async ({ em, actor, params, now }) => {
    const mail = await resendMail(em, actor, { mailId: params.id }, now);
    await em.flush();
    const logged = { direction: 'out', mail } as const;
    return presentMailRow(logged, await loadRowContext(em, actor, [logged]));
  },
);

const heldReminders = route(
  { method: 'post', path: '/accounts/:accountId/held-reminders', access: 'reminders.decide', summary: 'Send, or not, the reminders that are held as an unusual flood', body: HeldRemindersInput, response: z.object({ count: z.int() }) },
  async ({ em, actor, body, now }) => ({ count: await decideHeldReminders(em, actor, body.decision, now) }),
);

const original = slowRoute(
  { method: 'get', path: '/accounts/:accountId/inbound-mails/:id/original', access: 'inbound_mail.read', summary: 'A mail as it came in', params: IdParams, response: MailOriginal },
  async ({ actor, params, transact, deps }) => {
    const mail = await transact(async (em) => findInboundMail(em, actor, params.id));
    return presentOriginal(mail, await readOriginal(deps.files, mail));
  },
);

const FileParams = z.strictObject({ id: Id, at: z.coerce.number().int().min(0).max(1_000) });

const file = streamRoute(
  { method: 'get', path: '/accounts/:accountId/inbound-mails/:id/files/:at', access: 'inbound_mail.read', summary: 'A file of a mail, for saving', params: FileParams, contentType: '*/*' },
  async ({ actor, params, res, transact, deps }) => {
    const mail = await transact(async (em) => findInboundMail(em, actor, params.id));
    await sendOriginalFile(res, await readOriginal(deps.files, mail), params.at);
  },
);

export const mailRoutes: readonly Route[] = [list, show, cause, resend, heldReminders, original, file];
