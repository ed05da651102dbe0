/** A row whose optional columns are null, never undefined. */
export type Plain<T> = { [K in keyof T]: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K] };

/**
 * The columns of a row as a presenter takes them; a freshly made entity leaves out what was not given.
 * Only a copy: what may be shown is decided by the response schema.
 */
export function plain<T extends object>(row: T): Plain<T> {
  return new Proxy(row, { get: (target, name) => Reflect.get(target, name) ?? null }) as Plain<T>;
}
