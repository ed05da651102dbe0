import { useSyncExternalStore } from 'react';
import { changeDraft, type Draft, draftOf, onDraftChange } from '../providers/drafts.ts';

/** What was typed and not sent, in this tab only; it is one wherever it is shown, also while it is on its way. */
export function useDraft(orderId: string): [Draft, (change: Partial<Omit<Draft, 'clientKey'>>) => void] {
  const draft = useSyncExternalStore(onDraftChange, () => draftOf(orderId));
  return [draft, (change) => changeDraft(orderId, change)];
}

/** Sends what a draft holds: what has arrived is taken out of it, whatever page is looked at by then. */
export async function sendDraft<Sent>(orderId: string, body: string, send: () => Promise<Sent>): Promise<Sent> {
  changeDraft(orderId, { isSending: true });
  try {
    const sent = await send();
    changeDraft(orderId, { body: leftAfterSending(draftOf(orderId).body, body), isPhoneNote: false }, true);
    return sent;
  } finally {
    changeDraft(orderId, { isSending: false });
  }
}

/** What stays in the field once a message is on its way: whatever was typed behind it meanwhile. */
export function leftAfterSending(typed: string, sent: string): string {
  const text = typed.trimStart();
  return text.startsWith(sent) ? text.slice(sent.length).trimStart() : typed;
}
