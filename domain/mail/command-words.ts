export type CommandStep = 'accept' | 'decline' | 'start' | 'done';

export type MailCommand =
  | { kind: 'step'; step: CommandStep; reason?: string }
  /** A softer word: the coordinator is asked whether to take it as an acceptance. */
  | { kind: 'soft'; suggests: 'accept' };

const STEP_WORDS: Record<CommandStep, string[]> = {
  accept: ['annehmen', 'angenommen', 'nehmen wir an', 'wir nehmen an', 'akzeptiert', 'zugesagt', 'zusage', 'bestätigt', 'accept', 'accepted', 'we accept', 'confirmed'],
  decline: ['ablehnen', 'abgelehnt', 'lehnen wir ab', 'wir lehnen ab', 'absage', 'abgesagt', 'decline', 'declined', 'we decline', 'reject', 'rejected'],
  start: ['begonnen', 'angefangen', 'gestartet', 'in arbeit', 'started', 'in progress'],
  done: ['erledigt', 'fertig', 'ausgeführt', 'arbeit erledigt', 'done', 'finished', 'completed'],
};
const SOFT_WORDS = ['ja', 'ok', 'passt', 'geht klar', 'machen wir', 'wird gemacht', 'wird erledigt', 'yes', 'fine', 'will do', 'will be done'];
/** May stand beside a soft word without making it anything else. */
const FILLERS = new Set(['danke', 'vielen dank', 'thanks', 'thank you']);

const STEP_OF = new Map((Object.keys(STEP_WORDS) as CommandStep[]).flatMap((step) => STEP_WORDS[step].map((word): [string, CommandStep] => [plain(word), step])));
const SOFT = new Set(SOFT_WORDS.map(plain));

const SALUTATION =
  /^(?:(?:hallo|hi|hey|moin(?: moin)?|servus|guten (?:tag|morgen|abend)|grüß gott|grüezi|grüss gott|hello|good (?:morning|afternoon|evening)|dear|liebe[rs]?|sehr geehrte[rs]?)\b(?: [^\s?:]{1,30}){0,5}?) ?[,.!]?$/iu;
const MAX_LINE = 80;

/**
 * The command in a reply, or null for a plain comment. Takes the extracted text, not the mail: a command word in a quote never counts.
 * Words of both languages count for everybody. Source: texts.md, command words.
 */
export function readCommand(visible: string): MailCommand | null {
  const rows = visible.split('\n', 200);
  let at = nextFilled(rows, 0);
  if (at < rows.length && SALUTATION.test(rows[at]!.trim()) && !isCommandWord(rows[at]!)) at = nextFilled(rows, at + 1);
  const line = rows[at]?.trim() ?? '';
  if (line === '' || line.length > MAX_LINE || line.includes('?')) return null;
  const step = STEP_OF.get(withoutOrderWords(plain(line))) ?? STEP_OF.get(plain(line));
  if (step === undefined) return isSoft(line) ? { kind: 'soft', suggests: 'accept' } : null;
  const reason = rows.slice(at + 1).join('\n').trim();
  return step === 'decline' && reason !== '' ? { kind: 'step', step, reason } : { kind: 'step', step };
}

function isCommandWord(line: string): boolean {
  return STEP_OF.has(plain(line)) || SOFT.has(plain(line));
}

function isSoft(line: string): boolean {
  const parts = line.split(/[,;.!–]+/).map((part) => withoutOrderWords(plain(part))).filter((part) => part !== '');
  return parts.some((part) => SOFT.has(part) || SOFT.has(`${part} wir`)) && parts.every((part) => SOFT.has(part) || SOFT.has(`${part} wir`) || FILLERS.has(part));
}

/** Lower case, umlauts written out (ae = ä), signs around it off, blanks single. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replace(/^[\s"'„“”»«*_.!]+/u, '')
    .replace(/[\s"'„“”»«*_.!]+$/u, '')
    .replace(/\s+/g, ' ');
}

function withoutOrderWords(text: string): string {
  return text.split(' ').filter((word) => !['auftrag', 'auftrag:', 'wir'].includes(word)).join(' ').replace(/^nehmen an$/, 'nehmen wir an').replace(/^lehnen ab$/, 'lehnen wir ab');
}

function nextFilled(rows: string[], from: number): number {
  let at = from;
  while (at < rows.length && rows[at]!.trim() === '') at += 1;
  return at;
}
