import { Fragment } from 'react';

/** Text whose addresses break after `@` and before dots, not inside a word. */
export function Breakable({ text }: { readonly text: string }) {
  return text.split(/(?<=@)|(?=\.[a-z])/i).map((part, at) => <Fragment key={at}>{at > 0 ? <wbr /> : null}{part}</Fragment>);
}
