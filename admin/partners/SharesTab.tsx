import { Alert, Button, FormControlLabel, IconButton, Radio, RadioGroup, Switch } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { ChevronRightIcon, DownIcon, SearchIcon, UndoIcon, WarningIcon } from '../parts/icons.ts';
import { Answer, Empty } from '../parts/States.tsx';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useErrorText, useT } from '../parts/speech.ts';
import type { PartnershipDetails, ShareChange, SharedWorkspace } from '../providers/partner-types.ts';
import { useSettled } from '../work-orders/assign/AssigneePicker.tsx';
import { AssetTree } from './AssetTree.tsx';
import { effectSentences } from './effect-words.ts';
import { changesOf, switched, wantedShare, withWanted, type ShareDraft, type Wanted } from './share-draft.ts';
import { CheckFirst, TakeBackQuestion } from './TakeBackQuestion.tsx';

type DraftProps = { readonly draft: ShareDraft; readonly onDraft: (draft: ShareDraft) => void };
type Props = DraftProps & { readonly partnership: PartnershipDetails };

/** What the partner may see: a switch per workspace, all or chosen assets; changes are collected and saved once. */
export function SharesTab({ partnership, draft, onDraft }: Props) {
  const t = useT();
  const portal = usePortal();
  const [q, setQ] = useState('');
  const asked = useQuery({ queryKey: ['partnerships', 'shares', partnership.id], queryFn: ({ signal }) => portal.shares(partnership.id, signal) });
  useWarnBeforeLeaving(Object.keys(draft).length > 0);
  return (
    <section className="panel shares">
      <div className="panel-head">
        <h2>{t(partnership.status === 'ended' ? 'partners.could_see' : 'partners.may_see', { name: partnership.partnerName ?? partnership.company })}</h2>
        <label className="list-search panel-end">
          <SearchIcon aria-hidden /><span className="hidden-text">{t('partners.share_search')}</span>
          <input type="search" value={q} placeholder={t('partners.share_search')} onChange={(event) => setQ(event.target.value)} />
        </label>
      </div>
      <Answer query={asked} rows={6} isEmpty={(data) => data.workspaces.length === 0} empty={<Empty text={t('partners.no_workspaces')}><Button variant="outlined" component={Link} to="/workspaces">{t('workspaces.title')}</Button></Empty>}>
        {({ workspaces }) => (
          <>
            <ul>{workspaces.map((one) => <WorkspaceLine key={one.workspaceId} workspace={one} draft={draft} onDraft={onDraft} q={q} isReadOnly={!partnership.can['share']} isAlone={workspaces.length === 1} />)}</ul>
            <SaveBar partnership={partnership} workspaces={workspaces} draft={draft} onDraft={onDraft} />
          </>
        )}
      </Answer>
    </section>
  );
}

type LineProps = DraftProps & { readonly workspace: SharedWorkspace; readonly q: string; readonly isReadOnly: boolean; readonly isAlone: boolean };

function WorkspaceLine({ workspace, draft, onDraft, q, isReadOnly, isAlone }: LineProps) {
  const t = useT();
  const wanted = wantedShare(workspace, draft);
  const [isOpened, setIsOpened] = useState(isAlone);
  const words = `${workspace.name} ${workspace.shortName} ${workspace.address ?? ''}`.toLowerCase();
  const isHit = q.trim() === '' || words.includes(q.trim().toLowerCase());
  // What is looked for may be an asset inside: then the workspace opens by itself.
  const isOpen = isOpened || (q.trim() !== '' && !isHit && wanted.scope === 'chosen');
  if (!isHit && wanted.scope !== 'chosen') return null;
  const set = (next: Wanted): void => onDraft(withWanted(draft, workspace, next));
  return (
    <li className={`share ${draft[workspace.workspaceId] ? 'is-changed' : ''}`}>
      <div className={`share-line ${isOpen ? 'is-open' : ''}`}>
        <IconButton aria-expanded={isOpen} aria-label={t(isOpen ? 'partners.fold' : 'partners.unfold', { name: workspace.name })} onClick={() => setIsOpened(!isOpen)}>{isOpen ? <DownIcon /> : <ChevronRightIcon />}</IconButton>
        <span className="share-name"><span className="strong">{workspace.name}</span><br /><span className="second">{[workspace.shortName, workspace.address].filter(Boolean).join(' · ')}{workspace.share?.notServedReason ? ` · ${t('partners.not_served', { reason: workspace.share.notServedReason })}` : ''}</span></span>
        <ShareState workspace={workspace} wanted={wanted} />
        <Switch checked={wanted.scope !== 'none'} disabled={isReadOnly} onChange={(_, isOn) => { set(switched(workspace, isOn)); if (isOn) setIsOpened(true); }} slotProps={{ input: { 'aria-label': t('partners.share_switch', { name: workspace.name }) } }} />
      </div>
      {isOpen ? <Scope workspace={workspace} wanted={wanted} onChange={set} q={isHit ? '' : q} isReadOnly={isReadOnly} /> : null}
    </li>
  );
}

function ShareState({ workspace, wanted }: { workspace: SharedWorkspace; wanted: Wanted }) {
  const t = useT();
  if (workspace.share?.isServed === false) return <span className="share-state icon-line waiting"><WarningIcon />{t('partners.unticked')}</span>;
  if (wanted.scope === 'none') return <span className="share-state second">{t('partners.not_shared')}</span>;
  if (wanted.scope === 'all') return <span className="share-state second">{t('partners.all_assets', { smart_count: workspace.assetCount })}</span>;
  return <span className="share-state strong">{t('partners.some_assets', { count: wanted.assetIds.length, total: workspace.assetCount })}</span>;
}

function Scope({ workspace, wanted, onChange, q, isReadOnly }: { workspace: SharedWorkspace; wanted: Wanted; onChange: (wanted: Wanted) => void; q: string; isReadOnly: boolean }) {
  const t = useT();
  if (wanted.scope === 'none') return <p className="share-scope second">{t('partners.not_shared_hint')}</p>;
  return (
    <>
      <RadioGroup row className="share-scope" value={wanted.scope} aria-label={t('partners.scope', { name: workspace.name })}
        onChange={(_, scope) => onChange(scope === 'all' ? { scope: 'all', assetIds: [] } : { scope: 'chosen', assetIds: workspace.share?.scope === 'chosen' ? workspace.share.assetIds : [] })}>
        <FormControlLabel value="all" disabled={isReadOnly} control={<Radio />} label={t('partners.scope_all')} />
        <FormControlLabel value="chosen" disabled={isReadOnly} control={<Radio />} label={t('partners.scope_chosen')} />
      </RadioGroup>
      {wanted.scope === 'chosen' ? <AssetTree workspaceId={workspace.workspaceId} name={workspace.name} chosen={wanted.assetIds} onChange={(assetIds) => onChange({ scope: 'chosen', assetIds })} q={q} isReadOnly={isReadOnly} /> : null}
    </>
  );
}

/** Names what the collected changes do before they are saved. */
function SaveBar({ partnership, workspaces, draft, onDraft }: Props & { readonly workspaces: readonly SharedWorkspace[] }) {
  const t = useT();
  const errorText = useErrorText();
  const portal = usePortal();
  const changes = changesOf(workspaces, draft);
  const settled = useSettled(JSON.stringify(changes), 300);
  const preview = useQuery({
    queryKey: ['partnerships', 'shares-preview', partnership.id, settled], queryFn: () => portal.previewShares(partnership.id, JSON.parse(settled) as ShareChange[]),
    enabled: changes.length > 0 && settled !== '[]', placeholderData: keepPreviousData, gcTime: 0,
  });
  const toTakeBack = preview.data?.effects.flatMap((one) => one.toTakeBack) ?? [];
  const toCheck = preview.data?.effects.flatMap((one) => one.toCheck) ?? [];
  const [confirmed, setConfirmed] = useState<readonly string[]>([]);
  const isConfirmed = toTakeBack.every((one) => confirmed.includes(one.id));
  const save = useCommand((commands, wanted: readonly ShareChange[]) => commands.saveShares(partnership.id, wanted, toTakeBack.map((one) => one.id)), { refreshes: ['partnerships', 'work-orders'], said: 'partners.shares_saved', onDone: () => { setConfirmed([]); onDraft({}); } });
  // Somebody may have given out work since the question was asked.
  const saveOrAsk = (): void => save.mutate(changes, { onError: () => void preview.refetch() });
  if (changes.length === 0) return null;
  const sentences = effectSentences(preview.data?.effects ?? [], workspaces, t);
  return (
    <div className="share-bar" role="status">
      <div className="share-effects">
        <p><b>{t('partners.changes', { smart_count: changes.length })}</b> {t('partners.changes_when')}</p>
        {sentences.length > 0 ? <ul>{sentences.map((one) => <li key={one}>{one}</li>)}</ul> : null}
        {toCheck.length > 0 ? <CheckFirst orders={toCheck} /> : null}
        {toTakeBack.length > 0 ? <TakeBackQuestion orders={toTakeBack} isConfirmed={isConfirmed} onConfirmed={(isOn) => setConfirmed(isOn ? toTakeBack.map((one) => one.id) : [])} /> : null}
        {preview.error ? <p className="danger">{errorText(preview.error)}</p> : null}
        {save.error ? <Alert severity="error">{errorText(save.error)} {t('state.nothing_changed')}</Alert> : null}
      </div>
      <Button variant="outlined" startIcon={<UndoIcon />} disabled={save.isPending} onClick={() => { save.reset(); onDraft({}); }}>{t('action.discard')}</Button>
      <Button variant="contained" disabled={save.isPending || !isConfirmed || toCheck.length > 0} onClick={saveOrAsk}>{t('partners.shares_save')}</Button>
    </div>
  );
}

function useWarnBeforeLeaving(isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isActive]);
}
