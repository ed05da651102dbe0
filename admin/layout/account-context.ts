import { createContext, useContext } from 'react';
import type { Action } from '#domain/permissions.ts';
import type { Account, Session } from '../providers/types.ts';

export type Place = { readonly session: Session; readonly accountId: string; readonly account: Account };
export const PlaceContext = createContext<Place | null>(null);

/** The account that this tab works in; screens inside the layout always have one. */
export function useAccount(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('useAccount needs the layout around it');
  return place;
}

export function useMaybeAccount(): Place | null {
  return useContext(PlaceContext);
}

/** Whether the server grants this; menu and buttons for anything else are absent. */
export function useMay(): (action: Action) => boolean {
  const place = useContext(PlaceContext);
  return (action) => place?.account.permissions.includes(action) ?? false;
}

/** The organisation's time zone; outside an account that of the browser. */
export function useZone(): string {
  return useContext(PlaceContext)?.account.organisation.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
