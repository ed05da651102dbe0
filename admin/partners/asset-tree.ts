import type { Asset } from '../providers/types.ts';

type Known = Pick<Asset, 'id' | 'parentId' | 'number' | 'name' | 'category'>;
export type AssetNode<One extends Known = Known> = { readonly asset: One; readonly children: readonly AssetNode<One>[] };
/** A line of the tree as it is seen: how deep, and whether it is open. */
export type TreeLine<One extends Known = Known> = { readonly node: AssetNode<One>; readonly level: number; readonly isOpen: boolean };

/** Assets under what they belong to, each level by number; what belongs to something unknown stands at the top. */
export function assetTree<One extends Known>(assets: readonly One[]): AssetNode<One>[] {
  const known = new Set(assets.map((one) => one.id));
  const byParent = new Map<string | null, One[]>();
  for (const one of assets) {
    const parent = one.parentId && known.has(one.parentId) && one.parentId !== one.id ? one.parentId : null;
    byParent.set(parent, [...(byParent.get(parent) ?? []), one]);
  }
  const under = (parent: string | null): AssetNode<One>[] => (byParent.get(parent) ?? [])
    .toSorted((one, other) => one.number.localeCompare(other.number, 'de', { numeric: true }))
    .map((asset) => ({ asset, children: under(asset.id) }));
  return under(null);
}

export function idsUnder(node: AssetNode): string[] {
  return [node.asset.id, ...node.children.flatMap(idsUnder)];
}

/** Whether an asset and everything below it is chosen, nothing of it, or a part. */
export function tickOf(node: AssetNode, chosen: ReadonlySet<string>): 'all' | 'some' | 'none' {
  const ids = idsUnder(node);
  const count = ids.filter((id) => chosen.has(id)).length;
  return count === 0 ? 'none' : count === ids.length ? 'all' : 'some';
}

/** Ticks an asset with everything below it, or unticks it where all of it was chosen. */
export function toggled(node: AssetNode, chosen: ReadonlySet<string>): string[] {
  const ids = new Set(idsUnder(node));
  const rest = [...chosen].filter((id) => !ids.has(id));
  return tickOf(node, chosen) === 'all' ? rest : [...rest, ...ids];
}

/** The lines that are seen: below what is open; while searching, what fits and what it belongs to. */
export function linesOf<One extends Known>(nodes: readonly AssetNode<One>[], closed: ReadonlySet<string>, q = '', level = 1): TreeLine<One>[] {
  const wanted = q.trim().toLowerCase();
  return nodes.flatMap((node) => {
    if (wanted && !hasMatch(node, wanted)) return [];
    const isOpen = node.children.length > 0 && (wanted !== '' || !closed.has(node.asset.id));
    const isHit = wanted !== '' && isMatch(node, wanted);
    return [{ node, level, isOpen }, ...(isOpen ? linesOf(node.children, closed, isHit ? '' : q, level + 1) : [])];
  });
}

function isMatch({ asset }: AssetNode, wanted: string): boolean {
  return [asset.number, asset.name, asset.category ?? ''].some((text) => text.toLowerCase().includes(wanted));
}

function hasMatch(node: AssetNode, wanted: string): boolean {
  return isMatch(node, wanted) || node.children.some((one) => hasMatch(one, wanted));
}
