/** What a placeholder may be filled with; empty values take their label and comma with them. */
export type SayData = Readonly<Record<string, string | number | null | undefined>>;

const PLACEHOLDER = /(: |, | \(| (?:bis|until|by) )?\{\{(\w+)\}\}(\))?/g;

/** One sentence of a section of words with its `{{name}}` placeholders filled; plain text, the caller escapes. */
export function say<Section extends Readonly<Record<string, string>>>(
  words: Section,
  key: keyof Section & string,
  data: SayData = {},
): string {
  return fill(words[key] ?? '', data);
}

/** Fills the `{{name}}` placeholders of one sentence; `: `, `, `, `until` or brackets around an empty one fall away with it. */
export function fill(sentence: string, data: SayData): string {
  return sentence.replace(PLACEHOLDER, (_all, before: string | undefined, name: string, after: string | undefined) => {
    const value = data[name];
    if (value !== null && value !== undefined && value !== '') return `${before ?? ''}${value}${after ?? ''}`;
    return before === ' (' ? '' : (after ?? '');
  });
}
