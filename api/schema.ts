import { z } from 'zod';
import { isPhoneNumber } from '#domain/phone.ts';
import { LOCALES } from '#domain/statuses.ts';

/** Pieces that the features' schemas are made of; `import type` is enough for the portal. */
/** In the one form that ids are stored in, as they are compared as text, too. */
export const Id = z.uuid().toLowerCase();
/** What a public page's path, query or form names, as an id; null where it can't be one. */
export function idOf(value: unknown): string | null {
  return Id.safeParse(value).data ?? null;
}
/** UTC, ISO 8601. */
export const Instant = z.iso.datetime();
/** 'YYYY-MM-DD' at the site. */
export const Day = z.iso.date();
export const LocaleSchema = z.enum(LOCALES);
export const IdParams = z.strictObject({ id: Id });

/** A line of text from a person: trimmed, not empty, without control characters (no second header line, no bell). */
export function line(max: number) {
  return z.string().trim().min(1).max(max).regex(/^\P{Cc}*$/u);
}

/** A line that may be empty; empty means none. */
export function optionalLine(max: number) {
  return z
    .string()
    .trim()
    .max(max)
    .regex(/^\P{Cc}*$/u)
    .nullish()
    .transform((value) => value || null);
}

/** Text of several lines; line ends become \n, other control characters are refused. */
export function prose(max: number) {
  return z
    .string()
    .max(max)
    .regex(/^(?:\P{Cc}|[\n\r\t])*$/u)
    .transform((value) => value.replaceAll('\r\n', '\n').trim());
}

/** Words to look for; control characters, which the database does not take, count as spaces. */
export function searchWord(max: number) {
  return z
    .string()
    .max(max)
    .transform((value) => value.replaceAll(/\p{Cc}+/gu, ' ').trim())
    .optional();
}

/** An e-mail address as it is stored: lower-case. */
export const EmailAddress = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** An address that may be left out; empty means none. */
export const OptionalEmail = z
  .union([z.literal('').transform(() => null), EmailAddress])
  .nullish()
  .transform((value) => value ?? null);

/** A phone number that may be left out, kept as it was typed; empty means none. */
export const OptionalPhone = z
  .string()
  .trim()
  .max(40)
  .pipe(z.stringFormat('phone', (text) => text === '' || isPhoneNumber(text)))
  .nullish()
  .transform((value) => value || null);

/** An id that may be left out; empty means none. */
export const OptionalId = z
  .union([z.literal('').transform(() => null), Id])
  .nullish()
  .transform((value) => value ?? null);

/** A day that may be left out; empty means none. */
export const OptionalDay = z
  .union([z.literal('').transform(() => null), Day])
  .nullish()
  .transform((value) => value ?? null);

/** `a,b,c` of a query as a list; also taken when the name is given several times. */
export function listOf<T extends z.ZodType<unknown, string>>(item: T, max = 100) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((value) => (Array.isArray(value) ? value : value.split(',')).map((one) => one.trim()).filter(Boolean))
    .pipe(z.array(item).max(max));
}

/** `true` or `false` of a query. */
export const Flag = z.enum(['true', 'false']).transform((value) => value === 'true');

export const PageInfo = z
  .object({
    page: z.int(),
    perPage: z.int(),
    /** Exact up to 10,000. */
    total: z.int(),
    isTotalCapped: z.boolean(),
    hasNextPage: z.boolean(),
  })
  .meta({ id: 'PageInfo' });

/** The answer of a list. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), pageInfo: PageInfo });
}

/**
 * Query of a list: page, size, an allow-list of sorts, `q`, `ids`, and the feature's own filters.
 * The first sort is the default one.
 */
export function listQuery<const S extends readonly [string, ...string[]], F extends z.ZodRawShape>(sorts: S, filters: F) {
  return z.strictObject({
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    perPage: z.coerce.number().int().min(1).max(100).default(25),
    sort: z.enum(sorts).default(sorts[0] as never),
    order: z.enum(['ASC', 'DESC']).default('ASC'),
    q: searchWord(200),
    ids: listOf(Id).optional(),
    ...filters,
  });
}

/** Query of what belongs to one record and has one order: newest first. */
export const PageQuery = z.strictObject({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  perPage: z.coerce.number().int().min(1).max(100).default(50),
});

/** What the actor may do with a record; only `true` means yes. */
export const Can = z.record(z.string(), z.boolean());

/** An instant as the API sends it. */
export function iso(at: Date): string;
export function iso(at: Date | null): string | null;
export function iso(at: Date | null): string | null {
  return at ? at.toISOString() : null;
}
