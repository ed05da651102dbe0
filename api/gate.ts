import type { Request, Response } from 'express';
import type { z } from 'zod';
import { once, type Answer } from '#db/idempotency/commands.ts';
import { emFor, gateEm, type Em } from '#db/orm.ts';
import type { AccountActor, Actor } from '#domain/actors.ts';
import { DomainError } from '#domain/errors.ts';
import { can, isOpenTo } from '#domain/permissions.ts';
import type { AppDeps } from './deps.ts';
import { sessionCookie } from './middleware/cookies.ts';
import { localeOf } from './middleware/language.ts';
import { InputError, sendProblem } from './middleware/problem.ts';
import { identify, type SignedIn } from './middleware/session.ts';
import { askedRepeat } from './repeat-key.ts';
import { isAction, type Access, type Caller, type Route, type Transact } from './route.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The way of every request: who are you → what may you → is it well-formed → one transaction as that actor → answer.
 * No session is 401; no such account for this user, or no such thing for a partner's people, is 404; without the
 * permission it is 403.
 */
export function gate(route: Route, deps: AppDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    let caller: Caller<Access> | null = null;
    try {
      caller = await callerOf(route, req, res, deps);
      const input = parseInput(route, req);
      if (route.kind === 'stream') await route.handle({ ...caller, ...input, req, res, transact: transactOf(caller) } as never);
      else if (route.kind === 'slow') send(route, res, { status: route.status, response: await route.handle({ ...caller, ...input, transact: transactOf(caller) }) });
      else await answerJson(route, { ...caller, ...input }, req, res);
    } catch (error) {
      sendProblem(error, req, res, caller?.locale ?? localeOf(req.headers['accept-language']));
    }
  };
}

type Input = Record<'params' | 'query' | 'body', unknown>;

async function callerOf(route: Route, req: Request, res: Response, deps: AppDeps): Promise<Caller<Access>> {
  const { access } = route.spec;
  const now = deps.clock();
  const cookie = sessionCookie(req, res, deps.settings.PUBLIC_URL);
  const accountId = isAction(access) ? accountOf(req) : null;
  const found = await identify(deps.orm, cookie.read(), accountId, now);
  return {
    actor: actorOf(access, found) as never,
    signedIn: found?.signedIn as SignedIn,
    now,
    locale: found?.signedIn.locale ?? localeOf(req.headers['accept-language']),
    address: req.ip ?? '',
    agent: req.headers['user-agent']?.slice(0, 300) ?? null,
    cookie,
    log: req.log,
    deps,
  };
}

/** The account of the path; null when it can't be one. */
function accountOf(req: Request): string | null {
  const { accountId } = req.params;
  return typeof accountId === 'string' && UUID.test(accountId) ? accountId.toLowerCase() : null;
}

function actorOf(access: Access, found: { signedIn: SignedIn; account: AccountActor | null } | null): unknown {
  if (access === 'public') return null;
  if (!found) throw new DomainError('unauthenticated');
  if (access === 'session') return null;
  if (access === 'operator') {
    if (!found.signedIn.isOperator) throw new DomainError('forbidden');
    return { kind: 'operator', userId: found.signedIn.userId };
  }
  if (!found.account || !isOpenTo(found.account, access)) throw new DomainError('not_found');
  if (!can(found.account, access)) throw new DomainError('forbidden', { action: access });
  return found.account;
}

function parseInput(route: Route, req: Request): Input {
  const { accountId: _account, ...named } = req.params;
  const params = route.input.params.safeParse(named);
  if (!params.success) throw new DomainError('not_found');
  return {
    params: params.data,
    query: check(route.input.query, req.query),
    body: route.kind === 'stream' ? {} : check(route.input.body, req.body ?? {}),
  };
}

function check(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw new InputError(parsed.error);
  return parsed.data;
}

/** An entity manager held to the caller: member, partner or operator by their role, others by the gate's. */
function emOf(caller: Caller<Access>): Em {
  const actor = caller.actor as Actor | null;
  const { orm } = caller.deps;
  return actor ? emFor(orm, actor) : gateEm(orm, (caller.signedIn as SignedIn | null)?.userId);
}

async function answerJson(
  route: Extract<Route, { kind: 'json' }>,
  context: Caller<Access> & Input,
  req: Request,
  res: Response,
): Promise<void> {
  const answer = await emOf(context).transactional(async (em) => {
    const work = async (): Promise<Answer> => ({ status: route.status, response: await route.handle({ ...context, em }) });
    if (route.spec.method === 'get') return readOnly(em, work);
    const repeat = askedRepeat(req, context.actor as Actor | null);
    return repeat ? once(em, repeat.keyFor(JSON.stringify(req.body ?? null)), context.now, work) : { ...(await work()), isRepeat: false };
  });
  if (answer.isRepeat) res.setHeader('Idempotency-Replayed', 'true');
  send(route, res, answer);
}

/** Reading changes nothing: what was loaded is let go, so that the commit need not look for changes in every row of it. */
async function readOnly(em: Em, work: () => Promise<Answer>): Promise<Answer & { isRepeat: false }> {
  const answer = await work();
  em.clear();
  return { ...answer, isRepeat: false };
}

/** A route with an answer may say null; one without says nothing, also when a repeat of it is answered from the store. */
function send({ spec }: Route, res: Response, answer: Answer): void {
  res.status(answer.status);
  if (spec.response) res.json(answer.response);
  else res.end();
}

function transactOf(caller: Caller<Access>): Transact {
  return (work) => emOf(caller).transactional(work);
}
