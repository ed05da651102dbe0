import { newKey } from './key.ts';

const PREFIX = 'gewerk.draft.';

/** What was typed on an order and not sent, with whom it was typed for. */
export type Draft = {
  readonly body: string;
  readonly visibility: 'shared' | 'internal';
  readonly isPhoneNote: boolean;
  /** The same for each try to send the same text, so that it arrives once. */
  readonly clientKey: string;
  /** On its way from this tab; not kept over a reload. */
  readonly isSending: boolean;
};

const known = new Map<string, Draft>();
const listeners = new Set<() => void>();

/** What this tab holds for an order; the same object until it changes. */
export function draftOf(orderId: string): Draft {
  const draft = known.get(orderId) ?? parseDraft(sessionStorage.getItem(`${PREFIX}${orderId}`));
  known.set(orderId, draft);
  return draft;
}

/** Changes it for every place that shows it; it survives a reload and a look at another page. What was sent is followed by another message. */
export function changeDraft(orderId: string, change: Partial<Omit<Draft, 'clientKey'>>, isAnother = false): void {
  const before = draftOf(orderId);
  const isOther = isAnother || (change.body !== undefined && change.body.trim() !== before.body.trim());
  const draft = { ...before, ...change, clientKey: isOther ? newKey() : before.clientKey };
  known.set(orderId, draft);
  const { isSending: _, ...kept } = draft;
  if (draft.body) sessionStorage.setItem(`${PREFIX}${orderId}`, JSON.stringify(kept));
  else sessionStorage.removeItem(`${PREFIX}${orderId}`);
  for (const tell of listeners) tell();
}

/** Calls back after each change; returns how to stop it. */
export function onDraftChange(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** Takes every draft out of a tab. */
export function forgetDrafts(storage: Pick<Storage, 'removeItem'> & object): void {
  for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
  known.clear();
}

/** A text of which it isn't known for whom it was is for our own people. */
export function parseDraft(kept: string | null): Draft {
  const empty: Draft = { body: '', visibility: 'shared', isPhoneNote: false, clientKey: newKey(), isSending: false };
  if (!kept) return empty;
  try {
    const { body, visibility, isPhoneNote, clientKey } = JSON.parse(kept) as Partial<Draft>;
    if (typeof body !== 'string') throw new TypeError('no draft');
    return { ...empty, body, visibility: visibility === 'shared' ? 'shared' : 'internal', isPhoneNote: isPhoneNote === true, clientKey: clientKey ?? empty.clientKey };
  } catch {
    return { ...empty, body: kept, visibility: 'internal' };
  }
}
