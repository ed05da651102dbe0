import { Fragment } from 'react';

/** Text whose addresses break after `@`, not inside a word. */
export function Breakable({ text }: { readonly text: string }) {
  return text.split(/(?<=@)/).map((part, at) => <Fragment key={at}>{at > 0 ? <wbr /> : null}{part}</Fragment>);
}
