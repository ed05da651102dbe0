import { raw, type EntityName, type FilterQuery } from '@mikro-orm/postgresql';
import type { Em } from './orm.ts';
import { combined, numberOf, readTogether, rowsOf, type Reading } from './together.ts';

/** Totals are exact up to here; beyond, a list only says that there are more. */
export const MOST_COUNTED = 10_000;

/** Rows that a counting query need look at: one past the cap. */
export const countLimit = MOST_COUNTED + 1;

export type PageAsked = { readonly page: number; readonly perPage: number };

export type PageInfo = PageAsked & {
  readonly total: number;
  readonly isTotalCapped: boolean;
  readonly hasNextPage: boolean;
};

export type Page<T> = { readonly data: T[]; readonly pageInfo: PageInfo };

/** A column to sort by, an entity property; the id follows as second sort, so that pages never overlap. */
export type Sort = {
  readonly by: string;
  readonly order: 'ASC' | 'DESC';
  /** Sorts by this instead of the column, where words have an order of their own; written by us, `alias` is the table's. */
  readonly expression?: ((alias: string) => string) | undefined;
  /** Values of the expression's question marks. */
  readonly parameters?: readonly unknown[] | undefined;
  /** Whether the expression may be null; of columns the entity says it. */
  readonly hasNulls?: boolean | undefined;
};

/**
 * One page of an entity. `where` comes from the feature's `visibleTo(actor)` and its filters; `sort.by` from an
 * allow-list. NULLs stand last in both directions (said only where there may be some: an index serves the other columns
 * both ways). One message of two statements, however many rows.
 */
export async function findPage<T extends { id: string }>(
  em: Em,
  entity: EntityName<T>,
  where: FilterQuery<T>,
  asked: PageAsked & { readonly sort: Sort },
): Promise<Page<T>> {
  const [found] = await readTogether(em, [pageOf(em, entity, where, asked)]);
  return found;
}

/** The same page as a reading, for asking it together with others. */
export function pageOf<T extends { id: string }>(
  em: Em,
  entity: EntityName<T>,
  where: FilterQuery<T>,
  asked: PageAsked & { readonly sort: Sort },
): Reading<Page<T>> {
  const rows = rowsOf(em, entity, where, {
    orderBy: orderByOf(em, entity, asked.sort), limit: asked.perPage + 1, offset: (asked.page - 1) * asked.perPage,
  });
  return combined([rows, numberOf(em, entity, where, countLimit)], (data, total) => ({
    data: data.slice(0, asked.perPage), pageInfo: pageInfoOf(asked, total, data.length > asked.perPage),
  }));
}

/** A sort as MikroORM takes it. */
export function orderByOf<T extends { id: string }>(em: Em, entity: EntityName<T>, { by, order, expression, parameters, hasNulls }: Sort): object[] {
  const isNullable = hasNulls ?? (!expression && em.getMetadata().get(entity).properties[by as never]?.['nullable'] === true);
  const direction = isNullable ? `${order.toLowerCase()} nulls last` : order;
  return [{ [expression ? raw(expression, parameters as unknown[] | undefined) : by]: direction }, { id: order }];
}

/** Number of rows, counted no further than one past the cap. */
export async function countCapped<T extends object>(em: Em, entity: EntityName<T>, where: FilterQuery<T>): Promise<number> {
  const [number] = await readTogether(em, [numberOf(em, entity, where, countLimit)]);
  return number;
}

/** Page info from a count that `countCapped` (or the like) made. */
export function pageInfoOf(asked: PageAsked, counted: number, hasNextPage: boolean): PageInfo {
  return {
    page: asked.page,
    perPage: asked.perPage,
    total: Math.min(counted, MOST_COUNTED),
    isTotalCapped: counted > MOST_COUNTED,
    hasNextPage,
  };
}
