import { type Line, ruleText } from './lines.ts';

const ORIGINAL =
  /^(?:urspr(?:ü|ue|u)ngliche (?:nachricht|e-?mail|mail|mitteilung)|original[- ]?(?:nachricht|message|mail|e-?mail|mitteilung)|antwort nachricht|reply message|nachricht|message|message d.origine|message original|messaggio originale|mensaje original|mensagem original|oorspronkelijk(?:e)? bericht|oprindelig (?:besked|meddelelse)|original(?:t)? meddelande|opprinnelig melding|wiadomość oryginalna|původní zpráva|исходное сообщение|original appointment|ursprünglicher termin)(?: (?:von|from) .{1,80})?$/iu;
const FORWARD =
  /(?:^|[-–—*_ ])(?:weitergeleitete (?:nachricht|e-?mail|mail)|(?:anfang|beginn) der weitergeleiteten (?:nachricht|e-?mail)|forwarded (?:message|mail|by)|begin forwarded message|message (?:transféré|transmis)|début du message (?:réexpédié|transféré)|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht|inizio messaggio inoltrato|videresendt besked|vidarebefordrat meddelande|weitergeleitet von)/iu;
const DAVID = /^(?:original ?(?:message|nachricht)|ursprüngliche nachricht) ?(?:processed|verarbeitet|bearbeitet) ?(?:by|durch|von) david/iu;
const WRAPPED = /^[-–—_=*+~ ]{2,}([^-–—_=*+~][^\n]{2,100}?) ?[-–—_=*+~]{2,}(.*)$/u;

/** What a separator line says of the mail below it: quoted or passed on; null where the line is none. */
export function separatorKind(line: Line): 'original' | 'forward' | null {
  const text = ruleText(line);
  if (text.length < 8) return null;
  if (DAVID.test(text)) return 'original';
  const signed = WRAPPED.exec(text);
  const words = (signed?.[1] ?? text.replace(/:$/, '')).trim();
  if (words.length > 100) return null;
  if (FORWARD.test(words) && (signed !== null || text.endsWith(':') || words.length < 45)) return 'forward';
  if (signed !== null && ORIGINAL.test(words)) return 'original';
  if (signed === null && /^(?:urspr(?:ü|ue)ngliche nachricht|originalnachricht|original message)$/iu.test(words)) return 'original';
  return /^message du : \d/iu.test(text) ? 'original' : null;
}

/** A row of signs only, as programs draw above a quote or a signature. */
export function isRuleRow(line: Line): boolean {
  const text = line.text.trim();
  return text.length >= 2 && text.length <= 400 && /^[-–—_=*+~#.•· ]+$/u.test(text);
}
