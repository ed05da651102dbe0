import { useEffect, useState } from 'react';

/** What was typed and not sent survives a reload and a look at another page, in this tab only. */
export function useDraft(orderId: string): [string, (text: string) => void] {
  const key = `gewerk.draft.${orderId}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  useEffect(() => {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  }, [key, text]);
  return [text, setText];
}
