import { Alert, Button, FormControlLabel, MenuItem, Switch, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useSetLocale } from 'react-admin';
import type { NotifyChoice } from '#domain/statuses.ts';
import { useMaybeAccount } from '../layout/account-context.ts';
import { useShortcutsOn } from '../layout/shortcuts.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { Panel } from '../parts/Panel.tsx';
import { Answer } from '../parts/States.tsx';
import { useCommand, usePortal, useSayFailure } from '../parts/portal.ts';
import { useErrorText, useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import { isLocale, LOCALE_CHOICES } from '../providers/i18n.ts';
import { keepSession, sessionNow } from '../providers/session.ts';
import type { OpenSession, SessionUser } from '../providers/types.ts';

/** What somebody may change about themselves: name, language, notices, password, sessions. */
export function Profile() {
  const t = useT();
  const session = sessionNow();
  if (!session) return null;
  return (
    <div className="form-page">
      <PageHead title={t('profile.title')} />
      <Person user={session.user} />
      <Notices />
      <PasswordChange email={session.user.email} />
      <Sessions />
    </div>
  );
}

function Person({ user }: { user: SessionUser }) {
  const t = useT();
  const errorText = useErrorText();
  const setLocale = useSetLocale();
  const [name, setName] = useState(user.name);
  const [phone, setPhone] = useState(user.phone ?? '');
  const [locale, setOwnLocale] = useState<string>(user.locale);
  const save = useCommand((portal, input: { name: string; phone: string | null; locale: SessionUser['locale'] }) => portal.changeMe(input), {
    refreshes: [], said: 'state.saved',
    onDone: (changed, input) => {
      const known = sessionNow();
      if (known) keepSession({ ...known, user: { ...known.user, ...changed, ...input } });
      setLocale(input.locale);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isLocale(locale)) save.mutate({ name: name.trim(), phone: phone.trim() || null, locale });
  };
  return (
    <Panel title={t('profile.person')}>
      <form onSubmit={submit}>
        <TextField label={t('profile.name')} required value={name} onChange={(event) => setName(event.target.value)} autoComplete="name" />
        <div className="field-row">
          <TextField label={t('profile.email')} value={user.email} disabled />
          <TextField label={t('profile.phone')} type="tel" value={phone} onChange={(event) => setPhone(event.target.value)} autoComplete="tel" />
        </div>
        <TextField select label={t('profile.language')} value={locale} onChange={(event) => setOwnLocale(event.target.value)}>
          {LOCALE_CHOICES.map((one) => <MenuItem key={one.id} value={one.id}>{one.name}</MenuItem>)}
        </TextField>
        {save.error ? <Alert severity="error">{errorText(save.error)}</Alert> : null}
        <div className="form-actions"><Button type="submit" variant="contained" disabled={save.isPending}>{t('action.save')}</Button></div>
      </form>
    </Panel>
  );
}

function Notices() {
  const t = useT();
  const words = useWords();
  const place = useMaybeAccount();
  const [isOn, setIsOn] = useShortcutsOn();
  const save = useCommand((portal, choice: NotifyChoice) => portal.changeMyNotices(choice), { refreshes: [], said: 'state.saved', saysFailure: true });
  if (!place) return null;
  return (
    <Panel title={t(place.account.kind === 'partner' ? 'keys.title' : 'profile.notices')}>
      {place.account.kind === 'partner' ? null : <TextField select label={t('profile.notices')} value={save.variables ?? place.account.me.notifyChoice} helperText={t('profile.notices_hint')}
        onChange={(event) => save.mutate(event.target.value as NotifyChoice)}>
        {Object.entries(words.notify).map(([id, name]) => <MenuItem key={id} value={id}>{name}</MenuItem>)}
      </TextField>}
      <FormControlLabel control={<Switch checked={isOn} onChange={(_, next) => setIsOn(next)} />} label={t('profile.keys')} />
    </Panel>
  );
}

function PasswordChange({ email }: { email: string }) {
  const t = useT();
  const portal = usePortal();
  const config = useQuery({ queryKey: ['config'], queryFn: () => portal.config(), staleTime: Infinity });
  const errorText = useErrorText();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const save = useCommand((commands, input: { current: string; password: string }) => commands.changePassword(input), {
    refreshes: ['my-sessions'], said: 'profile.password_changed', onDone: () => { setCurrent(''); setPassword(''); },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ current, password });
  };
  return (
    <Panel title={t('profile.password')}>
      <form onSubmit={submit}>
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <TextField label={t('profile.current')} type="password" required autoComplete="current-password" value={current} onChange={(event) => setCurrent(event.target.value)} />
        <TextField label={t('profile.new_password')} type="password" required autoComplete="new-password" value={password} helperText={t('token.rule', { min: config.data?.minPasswordLength ?? 15 })} onChange={(event) => setPassword(event.target.value)} slotProps={{ htmlInput: { minLength: config.data?.minPasswordLength ?? 15, maxLength: 256 } }} />
        {save.error ? <Alert severity="error">{errorText(save.error)}</Alert> : null}
        <div className="form-actions"><Button type="submit" variant="outlined" disabled={save.isPending}>{t('profile.password_submit')}</Button></div>
      </form>
    </Panel>
  );
}

function Sessions() {
  const t = useT();
  const portal = usePortal();
  const asked = useQuery({ queryKey: ['my-sessions'], queryFn: async () => (await portal.mySessions()).data });
  return (
    <Panel title={t('profile.sessions')}>
      <p className="second">{t('profile.sessions_hint')}</p>
      <Answer query={asked}>{(sessions) => <ul>{sessions.map((one) => <SessionLine key={one.id} session={one} />)}</ul>}</Answer>
    </Panel>
  );
}

function SessionLine({ session }: { session: OpenSession }) {
  const t = useT();
  const format = useFormat();
  const sayFailure = useSayFailure();
  const end = useCommand((portal, id: string) => portal.endSession(id), { refreshes: ['my-sessions'], said: 'profile.ended' });
  return (
    <li style={{ display: 'flex', gap: 10, alignItems: 'center', padding: '8px 0', borderTop: '1px solid var(--hairline)' }}>
      <span style={{ flex: 1, minWidth: 0 }}>
        {deviceOf(session.userAgent) ?? t('profile.device')} {session.isCurrent ? <span className="tag is-shared">{t('profile.this_one')}</span> : null}
        <br /><span className="second">{t('profile.last_seen', { at: format.near(session.lastSeenAt) })} · {t('profile.signed_in', { at: format.near(session.createdAt) })}</span>
      </span>
      {session.isCurrent ? null : (
        <Button variant="outlined" color="error" disabled={end.isPending} onClick={() => end.mutate(session.id, { onError: sayFailure })}>{t('profile.end')}</Button>
      )}
    </li>
  );
}

/** `Firefox, Windows` from a User-Agent; good enough to recognise one's own device. */
function deviceOf(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const browser = /Edg\//.test(userAgent) ? 'Edge' : /Firefox\//.test(userAgent) ? 'Firefox' : /Chrome\//.test(userAgent) ? 'Chrome' : /Safari\//.test(userAgent) ? 'Safari' : null;
  const system = /Android/.test(userAgent) ? 'Android' : /iPhone|iPad/.test(userAgent) ? 'iOS' : /Windows/.test(userAgent) ? 'Windows' : /Mac OS/.test(userAgent) ? 'macOS' : /Linux/.test(userAgent) ? 'Linux' : null;
  return [browser, system].filter(Boolean).join(', ') || null;
}
