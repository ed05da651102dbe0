// Control characters, and marks that turn the reading direction or break lines unseen.
const UNSEEN = /[^\P{Cc}\n\t]|\p{Bidi_Control}|\ufeff/gu;
const LINE_ENDS = /\r\n?|[\u2028\u2029\u0085]/g;

/** A copy of template data whose strings hold no control characters; line ends become `\n`. Other values stay. */
export function tidy(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(LINE_ENDS, '\n').replace(UNSEEN, '');
  if (Array.isArray(value)) return value.map(tidy);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, tidy(inner)]));
}

/** One line out of many, for subjects and previews. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
