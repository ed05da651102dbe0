import { OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { DomainError, ERROR_STATUS, type ErrorCode } from '#domain/errors.ts';
import type { Locale } from '#domain/statuses.ts';
import { fill, wordsOf, type SayData } from '#domain/words/index.ts';
import { endAfterBody } from './early-answer.ts';
import { fieldErrors, type FieldError } from './field-messages.ts';

export const FieldErrorSchema = z.object({ path: z.string(), message: z.string() });

/** RFC 9457, with a code that programs branch on and a sentence that people read. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    details: z.record(z.string(), z.unknown()),
    errors: z.array(FieldErrorSchema).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** An input that a schema refused; kept apart so that the edge can name the fields. */
export class InputError extends Error {
  readonly fault: z.ZodError;

  constructor(fault: z.ZodError) {
    super('invalid input');
    this.fault = fault;
  }
}

/** The problem document of a refusal in the reader's language. */
export function problemOf(code: ErrorCode, details: Readonly<Record<string, unknown>>, locale: Locale, errors?: FieldError[]): Problem {
  const sentence = fill(wordsOf(locale).error[code], details as SayData);
  return {
    type: `urn:gewerk:error:${code}`,
    title: wordsOf(locale).error[code].includes('{{') ? code : sentence,
    status: ERROR_STATUS[code],
    code,
    detail: sentence,
    details: { ...details },
    ...(errors ? { errors } : {}),
  };
}

/** What went wrong, as a code; null when it is a defect of ours. */
export function refusalOf(error: unknown): { code: ErrorCode; details: Readonly<Record<string, unknown>> } | null {
  if (error instanceof DomainError) return { code: error.code, details: error.details };
  if (error instanceof OptimisticLockError) return { code: 'changed_meanwhile', details: {} };
  // The violated key may belong to rows that the actor can't see: nothing of it is told.
  if (error instanceof UniqueConstraintViolationException) return { code: 'conflict', details: {} };
  if (isDatabaseAway(error)) return { code: 'unavailable', details: {} };
  return bodyRefusal(error);
}

const BODY_FAULTS: Readonly<Record<string, ErrorCode>> = {
  'entity.too.large': 'body_too_large',
  'parameters.too.many': 'body_too_large',
};

function bodyRefusal(error: unknown): { code: ErrorCode; details: Record<string, unknown> } | null {
  const { type, status } = error as { type?: unknown; status?: unknown };
  if (typeof type === 'string' && BODY_FAULTS[type]) return { code: BODY_FAULTS[type], details: {} };
  const isOurs = error instanceof Error && typeof status === 'number' && status >= 400 && status < 500;
  return isOurs ? { code: 'bad_request', details: {} } : null;
}

const AWAY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '08006', '08001', '53300']);

/** Whether the database can't be reached at present, so that trying again later helps. */
export function isDatabaseAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, previous } = cause as { code?: unknown; previous?: unknown };
    if (typeof code === 'string' && AWAY_CODES.has(code)) return true;
    if (/Connection terminated|timeout exceeded when trying to connect/.test(cause.message)) return true;
    if (previous instanceof Error && isDatabaseAway(previous)) return true;
  }
  return false;
}

/**
 * Answers with a problem document. Which of several things was not found is not told: that one of them exists would be
 * an answer, too. What is not a refusal is logged and told as `internal` without a word of why.
 */
export function sendProblem(error: unknown, req: Request, res: Response, locale: Locale): void {
  if (res.headersSent) {
    res.destroy(error instanceof Error ? error : undefined);
    return;
  }
  const refusal = error instanceof InputError ? { code: 'invalid_input' as const, details: {} } : refusalOf(error);
  if (!refusal || refusal.code === 'internal' || refusal.code === 'unavailable') req.log.error({ err: error }, 'request failed');
  const code = refusal?.code ?? 'internal';
  const details = code === 'not_found' ? {} : (refusal?.details ?? {});
  const errors = error instanceof InputError ? fieldErrors(error.fault, locale) : fieldOf(code, details, locale);
  if (code === 'too_many_requests' && typeof details.seconds === 'number') res.setHeader('Retry-After', details.seconds);
  res.status(ERROR_STATUS[code]).type('application/problem+json; charset=utf-8');
  endAfterBody(req, res, Buffer.from(JSON.stringify(problemOf(code, details, locale, errors))));
}

/** A refusal that is about one field says so, for forms. */
function fieldOf(code: ErrorCode, details: Readonly<Record<string, unknown>>, locale: Locale): FieldError[] | undefined {
  if (typeof details.field !== 'string') return undefined;
  return [{ path: details.field, message: fill(wordsOf(locale).error[code], details as SayData) }];
}

/** The last error handler of the application. */
export function problemHandler(localeOfRequest: (req: Request) => Locale) {
  return (error: unknown, req: Request, res: Response, _next: NextFunction): void => {
    sendProblem(error, req, res, localeOfRequest(req));
  };
}
