const OFFERTE: readonly (readonly [RegExp, string])[] = [
  [/\b([Ee])in Angebot\b/g, '$1ine Offerte'],
  [/\bAngebote\b/g, 'Offerten'],
  [/\bAngebot\b/g, 'Offerte'],
];

/** Swiss spelling for our own German words: no ß, Offerte for Angebot. Never for what people wrote. */
export function swissify(text: string): string {
  const words = OFFERTE.reduce((done, [from, to]) => done.replace(from, to), text);
  return words.replaceAll('ß', 'ss');
}
