const NO_BREAK = '\u00a0';

/** A phone number, time or name that must not be torn apart at a line's end. */
export function holdTogether(text: string): string {
  return text.replaceAll(' ', NO_BREAK);
}

/** Keeps house numbers with their street, units with their number and `12:00 Uhr` in one piece; other spaces may break. */
export function holdNumbers(text: string): string {
  return text
    .replace(/(?<=\p{L}\.?) (?=\d+ ?[a-zA-Z]?(?:,|$))/gu, NO_BREAK)
    .replace(/(?<=\d) (?=(?:Uhr|MB|KB|GB|€|m|m²|OG|UG|EG)(?![\p{L}\d]))/gu, NO_BREAK)
    .replace(/(?<=\d\.) (?=(?:OG|UG|Stock)(?![\p{L}\d]))/gu, NO_BREAK)
    .replace(/(?<=\d{5}) (?=\p{Lu})/gu, NO_BREAK);
}
