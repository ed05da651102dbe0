/** Words that end a letter. Each is matched at the start of a line; what may follow on that line is asked by `isClosing`. */
const CLOSINGS = [
  'mit (?:den |unseren |meinen )?(?:freundlichen?|freundlichsten|besten?|vielen|lieben|herzlichen?|sonnigen|kollegialen|vorzüglichen|kameradschaftlichen|netten|schönen) (?:gr(?:ü|ue|u)(?:ß|ss|s)e?n?|empfehlungen|wünschen)',
  'mit freundlichem gru(?:ß|ss)',
  'mit (?:vorzüglicher )?hochachtung',
  'hochachtungsvoll',
  '(?:freundliche|freundlichste|beste|viele|liebe|herzliche|schöne|sonnige|nette|allerbeste|ganz liebe|die besten|frdl\\.?) (?:gr(?:ü|ue|u)(?:ß|ss|s)e?n?|wünsche)',
  '(?:freundlichen|besten|lieben|herzlichen|schönen|netten) gru(?:ß|ss)',
  '(?:viele|vielen|besten|herzlichen|lieben)? ?(?:danke?|dank) (?:und|&|u\\.) (?:(?:viele|beste|freundliche|liebe|schöne|herzliche|mit freundlichen) )?gr(?:ü|u|ue)(?:ß|ss)en?',
  '(?:vielen|besten|herzlichen) dank(?: im voraus)? (?:und|&|u\\.) (?:mit )?(?:viele|beste|freundliche|freundlichen|liebe|schöne|herzliche) gr(?:ü|ue)(?:ß|ss)en?',
  'gr(?:ü|ue)(?:ß|ss)e',
  'gru(?:ß|ss)',
  'm\\.? ?f\\.? ?g\\.?',
  'l\\.? ?g\\.?',
  'v\\.? ?g\\.?',
  'b\\.? ?g\\.?',
  'fg',
  'ihr(?:e)? (?:[\\p{L}&.-]{1,30}[ -])?(?:team|mannschaft)',
  'mit besten grüssen',
  '(?:with )?(?:my |our )?(?:kind(?:est)?|best|warm(?:est)?|many|sincere) (?:personal )?(?:regards|wishes|greetings)',
  '(?:with )?(?:kind(?:est)?|best|warm(?:est)?) regards',
  'regards',
  'yours (?:sincerely|faithfully|truly)',
  'sincerely(?: yours)?',
  'all the best',
  'best wishes',
  'cheers',
  'best',
  'kr',
  'br',
  'rgds',
  'cordialement',
  'bien (?:à vous|cordialement)',
  'cdt',
  'sinc(?:è|e)res salutations',
  'meilleures salutations',
  'cordiali saluti',
  'distinti saluti',
  'met vriendelijke groet(?:en)?',
  'vriendelijke groet(?:en)?',
  'saludos(?: cordiales)?',
  'un saludo',
  'atentamente',
  'cumprimentos',
  'med venlig hilsen',
  'pozdrawiam',
  'z poważaniem',
];

const CLOSING = new RegExp(`^[-–—_*/ ]*(?:${CLOSINGS.join('|')})(?![\\p{L}\\d])`, 'iu');
/** Abbreviations that are words elsewhere: they close a letter only alone or before one or two names. */
const SHORT = /^[-–—_*/ ]*(?:best|br|kr|lg|l\. ?g\.|vg|v\. ?g\.|bg|fg|gru(?:ß|ss)|cdt|ihr team)(?![\p{L}\d])/iu;

/** Whether a line is a closing ("Mit freundlichen Grüßen", "VG Max"), with at most a place and a name behind it. */
export function isClosing(text: string): boolean {
  if (text.length > 90) return false;
  const match = CLOSING.exec(text);
  if (match === null) return false;
  const rest = text.slice(match[0].length).replace(/^[\s,.!–—/&|+-]+/u, '').trim();
  if (rest === '') return true;
  if (CLOSING.test(rest)) return true;
  // "mfg max": who writes so small writes names small, too.
  if (/^[-–—_*/ ]*(?:m\.? ?f\.? ?g|lg|vg)(?![\p{L}\d])/iu.test(text) && /^\p{L}{2,15}(?: \p{L}{2,15})?$/u.test(rest)) return true;
  return isNameLike(rest, SHORT.test(text) ? 3 : 6);
}

/** A few words that may be a name, a place or a company: no digits, no sentence, capitals at the words' starts. */
export function isNameLike(text: string, maxWords: number): boolean {
  const words = text.split(/\s+/);
  if (words.length > maxWords || text.length > 60 || /[?!;:]/.test(text) || /[.,]\s+\p{Ll}/u.test(text)) return false;
  return words.every((word) => /^(?:[(„"'|/&+-]*\p{Lu}|aus|von|van|vom|und|für|der|dem|den|de|di|zu|zum|from|and|the|ihr|ihre|i\.|a\.|v\.|p\.|e\.\p{L}\.?|dipl|im|in|nach|&|\+|-|–|\/|\||[^\p{L}\p{N}]+$)/u.test(word));
}
