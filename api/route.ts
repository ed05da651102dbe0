import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Em } from '#db/orm.ts';
import type { MemberActor, OperatorActor, PartnerActor } from '#domain/actors.ts';
import { ACTIONS, type Action, type MemberAction, type PartnerAction } from '#domain/permissions.ts';
import type { Locale } from '#domain/statuses.ts';
import type { AppDeps } from './deps.ts';
import type { SessionCookie } from './middleware/cookies.ts';
import type { SignedIn } from './middleware/session.ts';

/**
 * Who may call a route: an action of `#domain/permissions.ts` (path begins with `/accounts/:accountId`), any signed-in
 * user, an operator, or everybody. There is no default.
 */
export type Access = Action | 'public' | 'session' | 'operator';

/** A partner's people reach a handler only where `PARTNER_PERMISSIONS` has its action. */
export type ActorOf<A extends Access> =
  | (A extends MemberAction ? MemberActor : never)
  | (A extends PartnerAction ? PartnerActor : never)
  | (A extends Action ? never : A extends 'operator' ? OperatorActor : null);

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];

const Nothing = z.strictObject({});
type Nothing = typeof Nothing;
type Shape = z.ZodType;

/** One declaration per route: it checks the request, documents it and types its handler. Objects are strict. */
export type RouteSpec<A extends Access, P extends Shape, Q extends Shape, B extends Shape, R extends Shape> = {
  readonly method: Method;
  /** Below `/api/v1`, Express form: `/accounts/:accountId/firms/:id`. */
  readonly path: `/${string}`;
  readonly access: A;
  /** One line for the API document. */
  readonly summary: string;
  /** Parameters of the path other than `accountId`; one that doesn't fit answers 404 like a missing thing. */
  readonly params?: P | undefined;
  readonly query?: Q | undefined;
  readonly body?: B | undefined;
  /** Whatever the schema doesn't name is not sent. Absent: 204. */
  readonly response?: R | undefined;
  /** Of success; 200, or 204 without `response`. */
  readonly status?: number | undefined;
};

/** What a handler is given beside the checked input. */
export type Caller<A extends Access> = {
  readonly actor: ActorOf<A>;
  readonly signedIn: A extends 'public' ? SignedIn | null : SignedIn;
  readonly now: Date;
  readonly locale: Locale;
  readonly address: string;
  readonly agent: string | null;
  readonly cookie: SessionCookie;
  readonly log: Logger;
  readonly deps: AppDeps;
};

export type Input<P extends Shape, Q extends Shape, B extends Shape> = {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
};

/** `em` is bound to the actor by row-level security and inside the one transaction of the request. */
export type Handler<A extends Access, P extends Shape, Q extends Shape, B extends Shape, R extends Shape> = (
  context: Caller<A> & Input<P, Q, B> & { readonly em: Em },
) => Promise<z.input<R>> | z.input<R>;

/** Runs `work` in a short transaction, bound to the actor like a handler's `em`. */
export type Transact = <T>(work: (em: Em) => Promise<T>) => Promise<T>;

/** Like `Handler`, but no transaction is open meanwhile: for what takes long beside the database. */
export type SlowHandler<A extends Access, P extends Shape, Q extends Shape, B extends Shape, R extends Shape> = (
  context: Caller<A> & Input<P, Q, B> & { readonly transact: Transact },
) => Promise<z.input<R>>;

/** For bodies and answers that are not JSON: nothing is open while bytes flow; `transact` makes short transactions. */
export type StreamHandler<A extends Access, P extends Shape, Q extends Shape> = (
  context: Caller<A> & Input<P, Q, Nothing> & {
    readonly req: Request;
    readonly res: Response;
    readonly transact: Transact;
  },
) => Promise<void>;

type AnyContext = Caller<Access> & Input<Shape, Shape, Shape>;

/** A route as the registry holds it; made only by `route`, `slowRoute` and `streamRoute`. */
export type Route = {
  readonly spec: RouteSpec<Access, Shape, Shape, Shape, Shape>;
  readonly input: { readonly params: Shape; readonly query: Shape; readonly body: Shape };
  readonly status: number;
} & (
  | { readonly kind: 'json'; readonly handle: (context: AnyContext & { em: Em }) => Promise<unknown> }
  | { readonly kind: 'slow'; readonly handle: (context: AnyContext & { transact: Transact }) => Promise<unknown> }
  | {
      readonly kind: 'stream';
      readonly contentType: string;
      readonly form: z.ZodObject | null;
      readonly events: Readonly<Record<string, Shape>> | null;
      readonly handle: (context: AnyContext & Parameters<StreamHandler<Access, Shape, Shape>>[0]) => Promise<void>;
    }
);

/** A route that speaks JSON both ways, in one transaction; a fault in the declaration throws when the module loads. */
export function route<
  A extends Access,
  P extends Shape = Nothing,
  Q extends Shape = Nothing,
  B extends Shape = Nothing,
  R extends Shape = z.ZodVoid,
>(spec: RouteSpec<A, P, Q, B, R>, handler: Handler<A, P, Q, B, R>): Route {
  return {
    ...declared(spec),
    kind: 'json',
    handle: async (context) => answerOf(spec, await handler(context as Parameters<typeof handler>[0])),
  };
}

/** A JSON route that holds no transaction while it works (hashing a password); it makes short ones by `transact`. */
export function slowRoute<
  A extends Access,
  P extends Shape = Nothing,
  Q extends Shape = Nothing,
  B extends Shape = Nothing,
  R extends Shape = z.ZodVoid,
>(spec: RouteSpec<A, P, Q, B, R>, handler: SlowHandler<A, P, Q, B, R>): Route {
  return {
    ...declared(spec),
    kind: 'slow',
    handle: async (context) => answerOf(spec, await handler(context as Parameters<typeof handler>[0])),
  };
}

function answerOf(spec: { readonly response?: Shape | undefined }, answer: unknown): unknown {
  return spec.response ? spec.response.parse(answer) : undefined;
}

/** A route that reads or writes a stream by itself (uploads, downloads, live events); its body is not parsed. */
export function streamRoute<A extends Access, P extends Shape = Nothing, Q extends Shape = Nothing, R extends Shape = z.ZodVoid>(
  spec: RouteSpec<A, P, Q, Nothing, R> & {
    readonly contentType: string;
    /** Fields of a form with files (`multipart/form-data`, its files under `files`); for the document only. */
    readonly form?: z.ZodObject | undefined;
    /** Of an event stream: data of each event by its name; for the document only. */
    readonly events?: Readonly<Record<string, Shape>> | undefined;
  },
  handler: StreamHandler<A, P, Q>,
): Route {
  return {
    ...declared(spec),
    kind: 'stream',
    contentType: spec.contentType,
    form: spec.form ?? null,
    events: spec.events ?? null,
    handle: (context) => handler(context as Parameters<typeof handler>[0]),
  };
}

function declared<A extends Access, P extends Shape, Q extends Shape, B extends Shape, R extends Shape>(
  spec: RouteSpec<A, P, Q, B, R>,
): Pick<Route, 'spec' | 'input' | 'status'> {
  assertDeclared(spec);
  return {
    spec: spec as unknown as Route['spec'],
    input: { params: spec.params ?? Nothing, query: spec.query ?? Nothing, body: spec.body ?? Nothing },
    status: spec.status ?? (spec.response || 'contentType' in spec ? 200 : 204),
  };
}

/** The names in a path, `accountId` left out. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '').filter((name) => name !== 'accountId');
}

/** Whether the access is an action on an account, so that the path must say which. */
export function isAction(access: Access): access is Action {
  return (ACTIONS as readonly string[]).includes(access);
}

function assertDeclared(spec: { method: string; path: string; access: Access; params?: Shape | undefined }): void {
  const name = `${spec.method.toUpperCase()} ${spec.path}`;
  const isKnown = isAction(spec.access) || ['public', 'session', 'operator'].includes(spec.access);
  if (!isKnown) throw new Error(`Route ${name} declares no permission: set \`access\`.`);
  const isOfAccount = spec.path === '/accounts/:accountId' || spec.path.startsWith('/accounts/:accountId/');
  if (isOfAccount !== isAction(spec.access)) {
    throw new Error(`Route ${name}: an action of an account and a path below /accounts/:accountId go together.`);
  }
  const declaredNames = spec.params instanceof z.ZodObject ? Object.keys(spec.params.shape) : [];
  const missing = pathParameters(spec.path).filter((one) => !declaredNames.includes(one));
  if (missing.length > 0) throw new Error(`Route ${name} does not describe its parameter ${missing.join(', ')}.`);
}
