import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const TOOL = fileURLToPath(new URL('../../../tools/extract.ts', import.meta.url));

function run(input: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [TOOL], (error, stdout) => (error === null ? resolve(stdout.split('\n').filter((row) => row !== '')) : reject(error)));
    child.stdin!.end(input);
  });
}

test('the extractor answers one line for each, in order, and goes on after a bad line', async () => {
  const rows = await run(
    [
      JSON.stringify({ id: 'a', text: 'Ja.\n\nAm 04.05.26 um 10:12 schrieb Lindenhof:\n> Frage' }),
      'no json',
      JSON.stringify({ text: 'no id' }),
      '',
      JSON.stringify({ id: 2, html: '<p>Größe 3 m</p><blockquote type="cite">alt</blockquote>', text: null }),
      JSON.stringify({ id: 'c' }),
    ].join('\n'),
  );
  expect(rows.map((row): unknown => JSON.parse(row))).toEqual([
    { id: 'a', visible: 'Ja.' },
    { id: null, error: expect.any(String) },
    { id: null, error: expect.any(String) },
    { id: 2, visible: 'Größe 3 m' },
    { id: 'c', visible: '' },
  ]);
});
