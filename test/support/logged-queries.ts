import { EACH_ANSWER } from '#db/one-way-client.ts';

/** The queries in a line that the ORM logs: none, one, or the several of one message. */
export function queriesOf(line: string): string[] {
  const said = /^\[query\] (select .*?)(?: \[took .*)?$/s.exec(line)?.[1];
  if (!said) return [];
  return said.endsWith(EACH_ANSWER) ? said.slice(0, -EACH_ANSWER.length).split(';') : [said];
}
