import { helper, type EntityKey, type EntityName, type FilterQuery } from '@mikro-orm/postgresql';
import { plainSql } from './conditions.ts';
import { EACH_ANSWER } from './one-way-client.ts';
import type { Em } from './orm.ts';

type Rows = readonly object[];

/** Something to be read: its statements, and what becomes of the rows of each. */
export type Reading<T> = {
  /** Writes what this transaction has changed of it so far. */
  readonly settle: () => Promise<void>;
  readonly statements: readonly string[];
  readonly take: (answers: readonly Rows[]) => T;
};

export type ReadingOptions<T> = {
  readonly orderBy?: object | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  /** Long columns that nobody needs here. */
  readonly exclude?: readonly EntityKey<T>[] | undefined;
};

type Found<R extends readonly Reading<unknown>[]> = { -readonly [K in keyof R]: R[K] extends Reading<infer T> ? T : never };

/**
 * Rows of an entity, for looking at only: what is changed in them is not written, unless this transaction had loaded them
 * before by `em.find`, and whole; then they are what it holds. `where` null asks nothing and finds none.
 */
export function rowsOf<T extends object>(em: Em, entity: EntityName<T>, where: FilterQuery<T> | null, options: ReadingOptions<T> = {}): Reading<T[]> {
  if (where === null) return combined([], () => []);
  const sql = plainSql(em, entity as EntityName<object>, columnsOf(em, entity, options.exclude), { ...options, where: where as object });
  return {
    settle: () => em.tryFlush(entity, {}),
    statements: [sql ?? builtSql(em, entity, where, options)],
    take: ([rows = []]) => rows.map(seenAs(em, entity)),
  };
}

/** What only the ORM's builder can put into words. */
function builtSql<T extends object>(em: Em, entity: EntityName<T>, where: FilterQuery<T>, options: ReadingOptions<T>): string {
  const query = em.createQueryBuilder(entity).select('*' as never).where(where as never);
  if (options.orderBy) query.orderBy(options.orderBy as never);
  if (options.limit !== undefined) query.limit(options.limit, options.offset);
  return written(em, query.toQuery());
}

/** A row under the names of its properties, or the entity that this transaction holds already. */
function seenAs<T extends object>(em: Em, entity: EntityName<T>): (row: object) => T {
  const meta = em.getMetadata().get(entity);
  const platform = em.getPlatform();
  const typed = meta.props.filter((one) => one.customType);
  const held = em.getUnitOfWork().getIdentityMap().getStore(meta as never).size > 0;
  return (row) => {
    const found = em.getDriver().mapResult(row as never, meta) as Record<string, unknown>;
    const known = held ? em.getUnitOfWork().getById(entity, found['id'] as never) : undefined;
    if (known && helper(known).__initialized && isWhole(known, found)) return known as T;
    for (const { name, customType } of typed) {
      if (found[name] !== null && found[name] !== undefined) found[name] = customType?.convertToJSValue(found[name], platform);
    }
    return found as T;
  };
}

/** Whether an entity has all that its row says: of some, a transaction has asked for a few columns only. */
function isWhole(known: object, row: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(row).every(([name, value]) => value === null || (known as Readonly<Record<string, unknown>>)[name] !== undefined);
}

/** The one row that fits, or null. */
export function rowOf<T extends object>(em: Em, entity: EntityName<T>, where: FilterQuery<T> | null): Reading<T | null> {
  return combined([rowsOf(em, entity, where, { limit: 1 })], ([row]) => row ?? null);
}

/** How many rows fit, counted no further than `most`. */
export function numberOf<T extends object>(em: Em, entity: EntityName<T>, where: FilterQuery<T>, most: number): Reading<number> {
  const rows = plainSql(em, entity as EntityName<object>, '"id"', { where: where as object, limit: most })
    ?? written(em, em.createQueryBuilder(entity).select('id' as never).where(where as never).limit(most).toQuery());
  const counted = plainRows<{ n: number }>(em, `select count(*)::int as n from (${rows}) as counted`, []);
  return { ...combined([counted], ([row]) => row?.n ?? 0), settle: () => em.tryFlush(entity, {}) };
}

/** Rows of a statement under the names of their columns, as `em.execute` brings them. */
export function plainRows<Row extends object>(em: Em, sql: string, params: readonly unknown[]): Reading<Row[]> {
  return { settle: async () => undefined, statements: [written(em, { sql, params })], take: ([rows = []]) => [...rows] as Row[] };
}

/** Several readings as one, and what follows from what they find. */
export function combined<const R extends readonly Reading<unknown>[], T>(readings: R, then: (...found: Found<R>) => T): Reading<T> {
  return {
    settle: async () => {
      for (const { settle } of readings) await settle();
    },
    statements: readings.flatMap((one) => one.statements),
    take: (answers) => then(...share(readings, answers)),
  };
}

/** Reads several things in one message to the database instead of one each: for whatever does not follow from each other. */
export async function readTogether<const R extends readonly Reading<unknown>[]>(em: Em, readings: R): Promise<Found<R>> {
  const { settle, statements, take } = combined(readings, (...found: Found<R>) => found);
  await settle();
  return take(statements.length > 0 ? await em.execute<object[][]>(statements.join(';') + EACH_ANSWER) : []);
}

/** Gives each reading the answers to its own statements. */
function share<R extends readonly Reading<unknown>[]>(readings: R, answers: readonly Rows[]): Found<R> {
  let next = 0;
  return readings.map(({ statements, take }) => take(answers.slice(next, (next += statements.length)))) as Found<R>;
}

function columnsOf<T extends object>(em: Em, entity: EntityName<T>, exclude: readonly EntityKey<T>[] = []): string {
  if (exclude.length === 0) return '*';
  return em.getMetadata().get(entity).props.filter((one) => !exclude.includes(one.name as EntityKey<T>)).map((one) => `"${one.fieldNames[0]}"`).join(', ');
}

/** A statement with its values, as the ORM sends it. */
function written(em: Em, { sql, params }: { readonly sql: string; readonly params: readonly unknown[] }): string {
  return em.getPlatform().formatQuery(sql, params);
}
