const PREFIX = 'gewerk.draft.';

/** Under which a tab keeps what was typed on an order and not sent. */
export function draftKey(orderId: string): string {
  return `${PREFIX}${orderId}`;
}

/** Takes every draft out of a tab's storage. */
export function forgetDrafts(storage: Pick<Storage, 'removeItem'> & object): void {
  for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
}
