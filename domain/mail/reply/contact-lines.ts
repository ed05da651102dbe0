/** Kinds of evidence that a line belongs to a signature. */
export type Evidence = 'phone' | 'address' | 'web' | 'company' | 'place' | 'register' | 'image';

const PHONE = /(?:^|[\s|·•,(])(?:t(?:el)?(?:efon)?|phone|fon|fax|telefax|mobil(?:e|telefon|nummer)?|handy|cell|m|f|d|durchwahl|zentrale|büro|office|notdienst|notruf|hotline|whatsapp|p|c)\b ?(?:\.|-?nr\.?)? ?:? ?[+(]?\d[\d/ ().+-]{5,}/iu;
const BARE_PHONE = /^(?:\W{0,4})(?:\+\d{1,3}|\(?0\d)[\d/ ().-]{6,24}$/u;
const WEB = /(?:^|\s)(?:https?:\/\/\S+|www\.\S+|(?:e-?mail|mail|web|internet|homepage|website) ?:)/iu;
const ADDRESS = /[^\s@<>]+@[^\s@<>]+\.\p{L}{2,}/u;
const COMPANY = /\b(?:GmbH|AG|KG|OHG|GbR|UG|e\.\s?K\.|e\.\s?U\.|mbH|Ltd\.?|LLC|Inc\.?|Co\. KG|e\.\s?V\.|S\.A\.|S\.r\.l|Limited|PLC)(?![\p{L}])/u;
const PLACE = /(?:^|\s)(?:D-|A-|CH-)?\d{4,5} \p{Lu}\p{L}{2,}|\p{L}(?:straße|strasse|str\.|weg|gasse|platz|allee|ring|damm|ufer|street|road) ?\d{1,4}\b/iu;
const REGISTER = /\b(?:HRB|HRA|Amtsgericht|Registergericht|Handelsregister|USt-?Id|UID(?:-?Nr)?\b|Steuer-?Nr|Steuernummer|Geschäftsführ(?:er|ung|erin)|Gesch\.-?Führer|Vorstand|Aufsichtsrat|Sitz (?:der Gesellschaft|in)|Inhaber(?:in)?|IBAN|BIC|Registered (?:in|office|number)|Company (?:No|number)|VAT (?:No|number))\b/iu;

/** What kinds of evidence a line holds. */
export function evidenceOf(text: string): Evidence[] {
  if (text.length > 250) return [];
  const found: Evidence[] = [];
  if (PHONE.test(text) || BARE_PHONE.test(text)) found.push('phone');
  if (ADDRESS.test(text) && text.length < 100) found.push('address');
  if (WEB.test(text) && text.length < 120) found.push('web');
  if (COMPANY.test(text) && text.length < 100) found.push('company');
  if (PLACE.test(text) && text.length < 80) found.push('place');
  if (REGISTER.test(text)) found.push('register');
  return found;
}
