import { Dialog, DialogContent, DialogTitle, FormControlLabel, Switch } from '@mui/material';
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { useT } from '../parts/speech.ts';

type Registry = { readonly actions: Map<string, () => void>; readonly showHelp: () => void };
const ShortcutsContext = createContext<Registry>({ actions: new Map(), showHelp: () => undefined });
const SEQUENCE_MS = 1_200;

/** One key (`c`), two in a row (`g d`) or a digit; never while typing, and off altogether where somebody wants that. */
export function useShortcut(keys: string, action: () => void, isActive = true): void {
  const { actions } = useContext(ShortcutsContext);
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    if (!isActive) return;
    const run = (): void => latest.current();
    actions.set(keys, run);
    return () => {
      if (actions.get(keys) === run) actions.delete(keys);
    };
  }, [actions, keys, isActive]);
}

export function useShortcutHelp(): () => void {
  return useContext(ShortcutsContext).showHelp;
}

export function useShortcutsOn(): [boolean, (isOn: boolean) => void] {
  return useStore<boolean>('keys.on', true) as [boolean, (isOn: boolean) => void];
}

export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [isOn] = useShortcutsOn();
  const registry = useMemo<Registry>(() => ({ actions: new Map(), showHelp: () => setIsHelpOpen(true) }), []);
  useEffect(() => (isOn ? listen(registry.actions) : undefined), [isOn, registry]);
  return (
    <ShortcutsContext value={registry}>
      <Everywhere onHelp={registry.showHelp} />
      {children}
      <HelpDialog isOpen={isHelpOpen} onClose={() => setIsHelpOpen(false)} />
    </ShortcutsContext>
  );
}

function Everywhere({ onHelp }: { onHelp: () => void }) {
  const navigate = useNavigate();
  useShortcut('g d', () => void navigate('/'));
  useShortcut('g m', () => void navigate('/work-orders'));
  useShortcut('g k', () => void navigate('/to-review'));
  useShortcut('?', onHelp);
  return null;
}

function listen(actions: Map<string, () => void>): () => void {
  let before = '';
  let beforeAt = 0;
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
    const both = Date.now() - beforeAt < SEQUENCE_MS ? `${before} ${event.key}` : '';
    const action = (both ? actions.get(both) : undefined) ?? actions.get(event.key);
    before = event.key;
    beforeAt = Date.now();
    if (!action) return;
    event.preventDefault();
    before = '';
    action();
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}

/** Inside fields and open dialogs and menus the keys belong to what is there. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"], [role="listbox"]') !== null;
}

function HelpDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useT();
  const [isOn, setIsOn] = useShortcutsOn();
  const rows: readonly (readonly [string, string])[] = [
    ['/', t('keys.search')], ['g d  g m  g k', t('keys.go')], ['g a', t('keys.accounts')], ['j k', t('keys.move')], ['Enter', t('keys.open')],
    ['c', t('keys.comment')], ['i', t('keys.internal')], ['b', t('keys.assign')], ['t', t('keys.phone')], [`${t('keys.ctrl')} Enter`, t('keys.send')],
    ['1–5', t('keys.review')], ['?', t('keys.help')],
  ];
  return (
    <Dialog open={isOpen} onClose={onClose} maxWidth="xs" fullWidth>
      <DialogTitle>{t('keys.title')}</DialogTitle>
      <DialogContent>
        <dl className="facts">
          {rows.map(([keys, text]) => (
            <div key={keys} style={{ display: 'contents' }}><dt><kbd className="kbd">{keys}</kbd></dt><dd>{text}</dd></div>
          ))}
        </dl>
        <FormControlLabel style={{ marginTop: 12 }} control={<Switch checked={isOn} onChange={(_, next) => setIsOn(next)} />} label={t('keys.on')} />
      </DialogContent>
    </Dialog>
  );
}
