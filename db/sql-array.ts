/**
 * Values as PostgreSQL writes an array, for one `?` with a cast (`any(?::uuid[])`): MikroORM would spread a JavaScript
 * array over several parameters.
 */
export function sqlArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
}
