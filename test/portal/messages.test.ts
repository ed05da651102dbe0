import { describe, expect, test } from '@jest/globals';
import english from 'ra-language-english';
import { de } from '../../admin/messages/de.ts';
import { en } from '../../admin/messages/en.ts';

type Tree = { readonly [key: string]: string | Tree };

function flat(tree: Tree, before = ''): Map<string, string> {
  return new Map(Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as const] : [...flat(value, `${before}${key}.`)]));
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/%\{\w+\}/g) ?? [])].sort((one, other) => one.localeCompare(other));
}

const german = flat(de as unknown as Tree);
const british = flat(en as unknown as Tree);

describe('the portal speaks both languages', () => {
  test('each key has words in German and in English', () => {
    expect([...british.keys()].sort()).toEqual([...german.keys()].sort());
  });

  test('a sentence has the same placeholders in both', () => {
    const differing = [...german].filter(([key, text]) => String(placeholders(text)) !== String(placeholders(british.get(key) ?? '')));
    // The plural form of React-admin's English names its number once, ours too; the sets are compared.
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  test("React-admin's own words are all there in German", () => {
    const theirs = flat(english as unknown as Tree);
    expect([...theirs.keys()].filter((key) => !german.has(key))).toEqual([]);
    const differing = [...theirs].filter(([key, text]) => String(placeholders(text)) !== String(placeholders(german.get(key) ?? '')));
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  test('nothing shouts, and no German word is spelled without its umlaut', () => {
    const own = [...german, ...british].filter(([key]) => !key.startsWith('ra.'));
    expect(own.filter(([, text]) => text.includes('!')).map(([key]) => key)).toEqual([]);
    expect([...german.values()].filter((text) => /\b(fuer|ueber|koennen|moechten|zurueck|pruefen)\b/i.test(text))).toEqual([]);
  });

  test('nobody is told of a Vorgang, and nothing unassigned is called Auftrag', () => {
    expect([...german.values()].filter((text) => /\bVorg(a|ä)ng/.test(text))).toEqual([]);
    expect(de.list.create).toBe('Meldung anlegen');
    expect(de.nav.tickets).toBe('Meldungen');
  });
});
