import { raw } from '@mikro-orm/postgresql';

/**
 * Rows in which every word of `q` occurs in one of the columns, whatever its case. For directories only (hundreds, at
 * most some thousand rows of one organisation): the words are compared after the organisation's index has narrowed the
 * rows. Column names are written by us, words are parameters. Orders are searched by `search_work_orders`.
 */
export function wordsWithin(q: string | undefined, columns: readonly string[]): object {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5);
  if (words.length === 0) return {};
  const haystack = (alias: string): string => `lower(concat_ws(' ', ${columns.map((column) => `${alias}.${column}`).join(', ')}))`;
  return { $and: words.map((word) => ({ [raw((alias) => `strpos(${haystack(alias)}, ?)`, [word])]: { $gt: 0 } })) };
}
