import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const root = new URL('../../templates/', import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|hbs|js|css)$/.test(file));
const sources = files.map((file) => ({ file, source: readFileSync(new URL(file, root), 'utf8') }));

describe('the sources of mails and pages', () => {
  it.each(['{{{', '{{&', 'SafeString', 'noEscape', 'allowProto'])('never use %s, so that no value goes out unescaped', (word) => {
    expect(sources.filter(({ source }) => source.includes(word)).map(({ file }) => file)).toEqual([]);
  });

  it('exist in both languages, name for name', () => {
    const mails = (language: string): string[] =>
      files.filter((file) => file.startsWith(`mails/${language}/`)).map((file) => file.slice(`mails/${language}/`.length)).toSorted();
    expect(mails('en')).toEqual(mails('de'));
  });

  it('use the same data in both languages', () => {
    const fields = (source: string): string[] => [...new Set([...source.matchAll(/\b[a-z]+[A-Z]\w+\b/g)].map((match) => match[0]))].toSorted();
    for (const { file, source } of sources.filter((one) => one.file.startsWith('mails/de/'))) {
      const english = sources.find((one) => one.file === file.replace('/de/', '/en/'))?.source ?? '';
      expect([file, fields(english)]).toEqual([file, fields(source)]);
    }
  });

  it('have no exclamation marks in what people read', () => {
    const words = sources.filter(({ file }) => /mails\/(de|en)\/|pages\/words\//.test(file));
    expect(words.filter(({ source }) => /[\p{L}]!/u.test(source)).map(({ file }) => file)).toEqual([]);
  });

  it('say what people wrote by a block, for a plain call would show its markup as text', () => {
    expect(sources.filter(({ source }) => /\{\{(userText|work|p|row) /.test(source)).map(({ file }) => file)).toEqual([]);
  });
});
