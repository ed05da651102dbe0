import { escapeHtml } from '../inbound/writing.ts';

/** HTML that is safe to put into HTML. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Value = string | number | Markup | null | undefined | false | readonly Value[];

/** A template whose values are escaped, unless they are markup themselves; null, undefined and false give nothing. */
export function markup(parts: TemplateStringsArray, ...values: Value[]): Markup {
  let html = parts[0] ?? '';
  values.forEach((value, index) => {
    html += rendered(value) + (parts[index + 1] ?? '');
  });
  return new Markup(html);
}

function rendered(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.html;
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return value.map(rendered).join('');
}
