import { Checkbox } from '@mui/material';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { ChevronRightIcon, DownIcon } from '../parts/icons.ts';
import { Answer, Empty } from '../parts/States.tsx';
import { usePortal } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import type { Asset } from '../providers/types.ts';
import { assetTree, linesOf, tickOf, toggled, type TreeLine } from './asset-tree.ts';

const PER_PAGE = 100;
/** More assets of one workspace are found by searching for them in the list of assets. */
const MOST_PAGES = 20;

type Props = {
  readonly workspaceId: string; readonly name: string; readonly chosen: readonly string[]; readonly onChange: (ids: string[]) => void;
  readonly q: string; readonly isReadOnly: boolean;
};

/** The assets of a workspace to choose from, under what they belong to; arrow keys move and fold, the space bar ticks. */
export function AssetTree({ workspaceId, q, ...props }: Props) {
  const t = useT();
  const asked = useAssets(workspaceId);
  return (
    <Answer query={asked} rows={4} isEmpty={(assets) => assets.length === 0} empty={<Empty text={t('partners.no_assets')} />}>
      {(assets) => <Tree assets={assets} q={q} {...props} />}
    </Answer>
  );
}

function useAssets(workspaceId: string): UseQueryResult<Asset[]> {
  const portal = usePortal();
  return useQuery({
    queryKey: ['assets', 'of-workspace', workspaceId],
    queryFn: async ({ signal }) => {
      const all: Asset[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const found = await portal.getList('assets', { pagination: { page, perPage: PER_PAGE }, sort: { field: 'number', order: 'ASC' }, filter: { workspaceId }, signal });
        all.push(...(found.data as unknown as Asset[]));
        if (!found.pageInfo.hasNextPage) break;
      }
      return all;
    },
    staleTime: 60_000,
  });
}

function Tree({ assets, q, name, chosen, onChange, isReadOnly }: Omit<Props, 'workspaceId'> & { readonly assets: readonly Asset[] }) {
  const t = useT();
  const nodes = useMemo(() => assetTree(assets), [assets]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const ids = useMemo(() => new Set(chosen), [chosen]);
  const lines = linesOf(nodes, closed, q);
  const focused = lines.some((one) => one.node.asset.id === current) ? current : (lines[0]?.node.asset.id ?? null);
  const go = (to: TreeLine<Asset> | undefined): void => {
    if (!to) return;
    setCurrent(to.node.asset.id);
    list.current?.querySelector<HTMLElement>(`[data-id="${to.node.asset.id}"]`)?.focus();
  };
  const fold = (id: string, isOpen: boolean): void => setClosed((before) => new Set(isOpen ? [...before].filter((one) => one !== id) : [...before, id]));
  const onKey = (event: KeyboardEvent, line: TreeLine<Asset>, at: number): void => {
    const { asset } = line.node;
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(lines[at + 1]),
      ArrowUp: () => go(lines[at - 1]),
      Home: () => go(lines[0]),
      End: () => go(lines.at(-1)),
      ArrowRight: () => { if (line.node.children.length > 0 && !line.isOpen) fold(asset.id, true); else if (line.isOpen) go(lines[at + 1]); },
      ArrowLeft: () => { if (line.isOpen) fold(asset.id, false); else go(lines.find((one) => one.node.asset.id === asset.parentId)); },
      ' ': () => { if (!isReadOnly) onChange(toggled(line.node, ids)); },
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  if (lines.length === 0) return <p className="share-scope second">{t('partners.no_asset_found', { q })}</p>;
  return (
    <ul role="tree" aria-label={t('partners.tree', { name })} aria-multiselectable className="asset-tree" ref={list}>
      {lines.map((line, at) => (
        <AssetLine key={line.node.asset.id} line={line} tick={tickOf(line.node, ids)} isFocusable={line.node.asset.id === focused} isReadOnly={isReadOnly}
          onKey={(event) => onKey(event, line, at)} onFold={() => fold(line.node.asset.id, !line.isOpen)} onTick={() => onChange(toggled(line.node, ids))} onFocus={() => setCurrent(line.node.asset.id)} />
      ))}
    </ul>
  );
}

type LineProps = {
  readonly line: TreeLine<Asset>; readonly tick: 'all' | 'some' | 'none'; readonly isFocusable: boolean; readonly isReadOnly: boolean;
  readonly onKey: (event: KeyboardEvent) => void; readonly onFold: () => void; readonly onTick: () => void; readonly onFocus: () => void;
};

function AssetLine({ line, tick, isFocusable, isReadOnly, onKey, onFold, onTick, onFocus }: LineProps) {
  const { asset, children } = line.node;
  return (
    <li role="treeitem" aria-level={line.level} aria-expanded={children.length > 0 ? line.isOpen : undefined} aria-checked={tick === 'some' ? 'mixed' : tick === 'all'} aria-disabled={isReadOnly || undefined}
      tabIndex={isFocusable ? 0 : -1} data-id={asset.id} className="asset-line" onKeyDown={onKey} onFocus={onFocus} onClick={() => { if (!isReadOnly) onTick(); }}>
      <span className="asset-name" style={{ paddingLeft: (line.level - 1) * 22 }}>
        <span className="asset-fold" aria-hidden onClick={(event) => { event.stopPropagation(); if (children.length > 0) onFold(); }}>{children.length === 0 ? null : line.isOpen ? <DownIcon /> : <ChevronRightIcon />}</span>
        <Checkbox checked={tick === 'all'} indeterminate={tick === 'some'} disabled={isReadOnly} tabIndex={-1} slotProps={{ input: { 'aria-hidden': true, tabIndex: -1, readOnly: true } }} />
        <span className={children.length > 0 ? 'strong' : ''}>{asset.name}</span>
      </span>
      <span className="second">{asset.number}</span>
      <span className="second">{asset.category}</span>
    </li>
  );
}
