/** 112 is a number, and so is an extension within the house. */
const FEWEST_DIGITS = 3;

/** Whether a text is a phone number as people write one: `0999 555-01`, `+49 (0) 999 / 555 01`. It is kept as it was written. */
export function isPhoneNumber(text: string): boolean {
  return /^[+(]?[\d(][\d\s()/.–-]*$/u.test(text) && text.replaceAll(/\D/g, '').length >= FEWEST_DIGITS;
}
