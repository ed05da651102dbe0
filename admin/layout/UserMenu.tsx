import { Divider, IconButton, Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { useLogout, useSetLocale } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { languageOf, type Locale } from '#domain/statuses.ts';
import { CheckIcon } from '../parts/icons.ts';
import { Initials } from '../parts/Panel.tsx';
import { usePortal } from '../parts/portal.ts';
import { useSpokenLocale, useT } from '../parts/speech.ts';
import { keepSession } from '../providers/session.ts';
import type { Session } from '../providers/types.ts';
import { useShortcutHelp } from './shortcuts.tsx';

/** Profile, language, keyboard, sign out. */
export function UserMenu({ session }: { session: Session }) {
  const t = useT();
  const navigate = useNavigate();
  const logout = useLogout();
  const showHelp = useShortcutHelp();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = (): void => setAnchor(null);
  return (
    <>
      <IconButton aria-label={`${t('bar.user_menu')}: ${session.user.name}`} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)} className="bar-user">
        <Initials name={session.user.name} />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close}>
        <MenuItem disabled style={{ opacity: 1 }}><span><b>{session.user.name}</b><br /><span className="second">{session.user.email}</span></span></MenuItem>
        <Divider />
        <MenuItem onClick={() => { close(); void navigate('/profile'); }}>{t('bar.profile')}</MenuItem>
        <MenuItem onClick={() => { close(); showHelp(); }}>{t('bar.shortcuts')}</MenuItem>
        <Divider />
        <LanguageItem language="de" label="Deutsch" session={session} onDone={close} />
        <LanguageItem language="en" label="English" session={session} onDone={close} />
        <Divider />
        <MenuItem onClick={() => void logout({}, undefined, false)}>{t('bar.sign_out')}</MenuItem>
      </Menu>
    </>
  );
}

type LanguageItemProps = { readonly language: 'de' | 'en'; readonly label: string; readonly session: Session; readonly onDone: () => void };

/** Changes the language here and for the mails to this person. */
function LanguageItem({ language, label, session, onDone }: LanguageItemProps) {
  const setLocale = useSetLocale();
  const portal = usePortal();
  const locale = useSpokenLocale();
  const isCurrent = languageOf(locale) === language;
  const choose = async (): Promise<void> => {
    onDone();
    if (isCurrent) return;
    const own = session.user.locale;
    const wanted: Locale = languageOf(own) === language ? own : language === 'en' ? 'en-GB' : 'de-DE';
    // The session first: the frame is built anew in the other language and asks it which one is wanted.
    keepSession({ ...session, user: { ...session.user, locale: wanted } });
    setLocale(wanted);
    // The page already speaks it; if saving fails, the next visit starts in the old language.
    await portal.changeMe({ locale: wanted }).catch(() => undefined);
  };
  return (
    <MenuItem onClick={() => void choose()} lang={language} selected={isCurrent} role="menuitemradio" aria-checked={isCurrent}>
      {label} {isCurrent ? <CheckIcon fontSize="small" style={{ marginLeft: 8 }} /> : null}
    </MenuItem>
  );
}
