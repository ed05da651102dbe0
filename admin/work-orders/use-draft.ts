import { useEffect, useState, type Dispatch, type SetStateAction } from 'react';
import { draftKey } from '../providers/drafts.ts';

/** What was typed and not sent survives a reload and a look at another page, in this tab only. */
export function useDraft(orderId: string): [string, Dispatch<SetStateAction<string>>] {
  const key = draftKey(orderId);
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  useEffect(() => {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  }, [key, text]);
  return [text, setText];
}

/** What stays in the field once a message is on its way: whatever was typed behind it meanwhile. */
export function leftAfterSending(typed: string, sent: string): string {
  const text = typed.trimStart();
  return text.startsWith(sent) ? text.slice(sent.length).trimStart() : typed;
}
