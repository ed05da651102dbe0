/** What a spreadsheet would take for a formula instead of a text. */
const FORMULA = /^\s*[=+\-@]/;

/** A table as a file that spreadsheets open: in UTF-8 with its mark, and no cell that they would reckon with. */
export function csvOf(rows: readonly (readonly string[])[], separator: ';' | ','): string {
  return `\uFEFF${rows.map((row) => row.map((cell) => quoted(FORMULA.test(cell) ? `'${cell}` : cell, separator)).join(separator)).join('\r\n')}\r\n`;
}

function quoted(cell: string, separator: string): string {
  return cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
