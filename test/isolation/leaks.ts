import type { Role } from '#domain/statuses.ts';
import { CANARIES, type PartnerWorld } from './partner-world.ts';
import type { Thing } from './world.ts';

export type Layers = { readonly policies: boolean; readonly filters: boolean };

/** A technician's share of the work, and a workspace that was unticked, are the business of the filters alone. */
const FILTERS_ONLY = ['notServedPlace'];

/** Ids of one kind of thing that a role of the partner reaches, and those that it must not. */
export function reachable(world: PartnerWorld, layers: Layers, role: Role, thing: Thing | null): { own: string[]; hidden: string[] } {
  if (!thing) return { own: [], hidden: [] };
  const reasons = Object.entries(world.hidden).filter(([reason]) => layers.filters || !FILTERS_ONLY.includes(reason));
  const hidden = [...reasons.flatMap(([, ids]) => ids[thing] ?? []), world.foreign.ids[thing]];
  const isOffice = role !== 'technician' || !layers.filters;
  const places = thing === 'workspace' || thing === 'asset';
  const own = [world.own[thing], world.given[thing]].flatMap((id) => id ?? []);
  if (thing === 'outboundMail') return { own: [], hidden: [...hidden, ...(role === 'coordinator' ? [] : own)] };
  if (isOffice || places) return { own: [...new Set(own)], hidden };
  return { own: [world.given[thing]].flatMap((id) => id ?? []), hidden: [...hidden, ...[world.own[thing]].flatMap((id) => id ?? [])] };
}

/** Words and ids in an answer that its reader must not see. */
export function leaksOf(world: PartnerWorld, layers: Layers, role: Role, text: string): string[] {
  const words = [CANARIES.client, CANARIES.rival, CANARIES.foreign].filter((word) => text.includes(word));
  const things: Thing[] = ['workOrder', 'assignment', 'comment', 'attachment', 'asset'];
  const ids = things.flatMap((thing) => reachable(world, layers, role, thing).hidden.filter((id) => text.includes(id)).map((id) => `${thing} ${id}`));
  return [...words, ...ids];
}
