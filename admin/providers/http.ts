import { HttpError } from 'react-admin';
import { ERROR_STATUS, type ErrorCode } from '#domain/errors.ts';
import { newKey } from './key.ts';

/** RFC 9457 problem details as the API sends them; `detail` is already in the user's language. */
export type Problem = {
  readonly status: number;
  readonly title?: string;
  readonly code?: string;
  readonly detail?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
};

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;
type Options = { readonly query?: Query; readonly body?: unknown; readonly key?: string; readonly signal?: AbortSignal };

const API = '/api/v1';
let language = 'de-DE';

/** Errors are worded by the server; this is the language it should use before it knows the user. */
export function speakLanguage(locale: string): void {
  language = locale;
}

export function get<Answer>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer> {
  return send<Answer>('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) });
}

/** A POST carries a key, so that the same click sent twice happens once. */
export function post<Answer>(path: string, body?: unknown, key: string = newKey()): Promise<Answer> {
  return send<Answer>('POST', path, { body, key });
}

export function patch<Answer>(path: string, body: unknown): Promise<Answer> {
  return send<Answer>('PATCH', path, { body });
}

export function put<Answer>(path: string, body: unknown): Promise<Answer> {
  return send<Answer>('PUT', path, { body });
}

export function remove<Answer>(path: string): Promise<Answer> {
  return send<Answer>('DELETE', path, {});
}

async function send<Answer>(method: string, path: string, options: Options): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.key) headers['idempotency-key'] = options.key;
  const response = await fetch(addressOf(path, options.query), {
    method,
    headers,
    credentials: 'same-origin',
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  }).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause;
    throw new HttpError('offline', 0, { code: 'offline' });
  });
  const answer = await readJson(response);
  if (!response.ok) throw asHttpError(response.status, answer);
  return answer as Answer;
}

/** The address of an API path with its query; empty values are left out. */
export function addressOf(path: string, query: Query = {}): string {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const search = new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString();
  return `${API}${path}${search ? `?${search}` : ''}`;
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { code: response.ok ? 'internal' : undefined };
  }
}

/** React-admin shows `body.errors` beside the fields; a problem's `errors` list is turned into that shape. */
export function asHttpError(status: number, answer: unknown): HttpError {
  const problem = (answer ?? {}) as Problem;
  const errors = Object.fromEntries((problem.errors ?? []).map((one) => [one.path, one.message]));
  const hasFields = Object.keys(errors).length > 0;
  return new HttpError(problem.detail ?? problem.title ?? '', status, { ...problem, ...(hasFields ? { errors } : { errors: undefined }) });
}

/** The stable code of whatever was thrown: an API code, `offline`, or `internal`. */
export function codeOf(error: unknown): ErrorCode | 'offline' {
  if (!(error instanceof HttpError)) return 'internal';
  const code = (error.body as Problem | undefined)?.code;
  if (code === 'offline') return 'offline';
  return code && code in ERROR_STATUS ? (code as ErrorCode) : 'internal';
}

/** True when the thing asked for does not exist for whoever asks, or no longer; which of both is never told. */
export function isGone(error: unknown): boolean {
  return ['not_found', 'forbidden'].includes(codeOf(error));
}

/** What the server said about it in the user's language, if it did. */
export function detailOf(error: unknown): string | null {
  if (!(error instanceof HttpError)) return null;
  return (error.body as Problem | undefined)?.detail ?? null;
}

export function detailsOf(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof HttpError)) return {};
  return (error.body as Problem | undefined)?.details ?? {};
}
