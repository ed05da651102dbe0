import { fill, type Words } from '#domain/words/index.ts';
import { mailReasonWord } from '#domain/words/mail-reasons.ts';
import type { PartnershipEvent } from '../providers/partner-types.ts';

/** An event of a partnership in words; one that this portal does not know shows its name. */
export function partnershipSentence({ name, data }: Pick<PartnershipEvent, 'name' | 'data'>, words: Words, near: (iso: string) => string, day: (day: string) => string = (text) => text): string {
  const sentence = (words.event as Readonly<Record<string, string>>)[name] ?? name;
  const texts = Object.entries(data).map(([key, value]) => [key, typeof value === 'string' || typeof value === 'number' ? String(value) : '']);
  const known = Object.fromEntries(texts) as Record<string, string>;
  return fill(sentence, {
    ...known,
    share: shareState(data, words),
    validUntil: known['validUntil'] ? near(known['validUntil']) : '',
    endsOn: known['endsOn'] ? day(known['endsOn']) : '',
    reason: known['reason'] ? mailReasonWord(words, known['reason']) : '',
  });
}

/** The partner ticks and unticks, its client shares all, a part or nothing. */
function shareState({ isServed, scope }: PartnershipEvent['data'], { shareState: states }: Words): string {
  if (typeof isServed === 'boolean') return isServed ? states.served : states.unticked;
  return typeof scope === 'string' ? ((states as Readonly<Record<string, string>>)[scope] ?? '') : '';
}
