/** One line of the table: what was measured, beside its limit and its goal. */
export type Finding = {
  readonly what: string;
  readonly ours: string;
  /** The bare limit of the same run, where there is one. */
  readonly bare?: string | undefined;
  readonly goal: string;
  /** null: told for information. */
  readonly isMet: boolean | null;
  /** The same as numbers, for comparing runs. */
  readonly figures: Readonly<Record<string, number>>;
};

const HEAD = ['what', 'ours', 'bare', 'goal', ''];

/** The findings as a Markdown table that is also readable in a terminal. */
export function tableOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ what, ours, bare, goal, isMet }) => [what, ours, bare ?? '–', goal, isMet === null ? '' : isMet ? 'met' : 'NOT MET']);
  const widths = [HEAD, ...rows].reduce<number[]>((widest, row) => row.map((cell, at) => Math.max(widest[at] ?? 3, cell.length)), []);
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** `1.23`, `12.3`, `123`: as many digits as mean something. */
export function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export const ms = (value: number): string => `${number(value)} ms`;
export const times = (value: number): string => `${number(value)} ×`;
