import { Alert, Button, MenuItem, TextField } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link, useNavigate, useParams } from 'react-router-dom';
import { Failed, LoadingRows } from '../parts/States.tsx';
import { useErrorText, useSpokenLocale, useT, type Translate } from '../parts/speech.ts';
import { codeOf } from '../providers/http.ts';
import { LOCALE_CHOICES } from '../providers/i18n.ts';
import { keepSession } from '../providers/session.ts';
import type { AccountToken } from '../providers/types.ts';
import { verbs } from '../providers/verbs.ts';
import { PlainPage } from '../sign-in/PlainPage.tsx';

/** Opened from a mail: new password, joining an organisation, or the first administrator of a new installation. */
export function TokenPage() {
  const t = useT();
  const { token = '' } = useParams();
  const asked = useQuery({ queryKey: ['account-token', token], queryFn: () => verbs.accountToken(token), staleTime: Infinity });
  if (asked.data) return <TokenForm token={token} about={asked.data} />;
  const code = codeOf(asked.error);
  const isOver = code === 'token_expired' || code === 'token_invalid';
  return (
    <PlainPage title="Gewerk" below={<Link to="/sign-in">{t('sign_in.back')}</Link>}>
      {asked.error && isOver ? <p role="alert">{t(code === 'token_expired' ? 'token.expired' : 'token.invalid')} <Link to="/forgot-password">{t('token.ask_again')}</Link></p> : null}
      {asked.error && !isOver ? <Failed error={asked.error} onRetry={() => void asked.refetch()} /> : null}
      {asked.error ? null : <LoadingRows rows={3} />}
    </PlainPage>
  );
}

type Fields = { readonly name: string; readonly organisationName: string; readonly email: string; readonly password: string; readonly repeat: string; readonly locale: string };

function TokenForm({ token, about }: { token: string; about: AccountToken }) {
  const t = useT();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const locale = useSpokenLocale();
  const [fields, setFields] = useState<Fields>({ name: about.name ?? '', organisationName: about.organisationName ?? '', email: about.email ?? '', password: '', repeat: '', locale });
  const [error, setError] = useState<unknown>(null);
  const isFirst = about.purpose === 'first_administrator';
  const asksPerson = isFirst || (about.purpose === 'join' && about.isNewUser);
  const asksPassword = asksPerson || about.purpose === 'reset_password';
  const asksPresent = about.purpose === 'join' && !about.isNewUser;
  const differs = fields.repeat !== '' && fields.repeat !== fields.password;
  const set = (name: keyof Fields) => (event: { target: { value: string } }): void => setFields({ ...fields, [name]: event.target.value });

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (asksPassword && fields.password !== fields.repeat) return;
    setError(null);
    try {
      const done = await verbs.useAccountToken(token, {
        ...(asksPassword || asksPresent ? { password: fields.password } : {}),
        ...(asksPerson ? { name: fields.name.trim(), locale: fields.locale } : {}),
        ...(isFirst ? { organisationName: fields.organisationName.trim(), email: fields.email.trim() } : {}),
      });
      // A page of its own, outside the portal.
      if (done.invitationPath) return window.location.replace(done.invitationPath);
      keepSession(done);
      // React-admin remembers that nobody was signed in.
      client.removeQueries();
      await navigate('/', { replace: true });
    } catch (thrown) {
      setError(thrown);
    }
  };
  const words = wordsFor(about, t);
  return (
    <PlainPage title={words.title} lead={words.lead} below={<Link to="/sign-in">{t('sign_in.back')}</Link>}>
      <form onSubmit={(event) => void submit(event)}>
        {isFirst ? <TextField label={t('token.organisation')} required autoFocus value={fields.organisationName} onChange={set('organisationName')} autoComplete="organization" /> : null}
        {asksPerson ? <TextField label={t('token.name')} required value={fields.name} onChange={set('name')} autoComplete="name" /> : null}
        {isFirst ? <TextField label={t('token.email')} type="email" required value={fields.email} onChange={set('email')} autoComplete="username" /> : null}
        {asksPerson ? (
          <TextField select label={t('token.language')} value={fields.locale} onChange={set('locale')} helperText={isFirst ? t('token.locale_hint') : ''}>
            {LOCALE_CHOICES.map((one) => <MenuItem key={one.id} value={one.id}>{one.name}</MenuItem>)}
          </TextField>
        ) : null}
        {asksPresent ? <TextField label={t('token.password')} type="password" required autoFocus autoComplete="current-password" value={fields.password} onChange={set('password')} /> : null}
        {asksPassword ? (
          <>
            {about.email ? <input type="hidden" name="username" autoComplete="username" value={about.email} readOnly /> : null}
            <TextField label={t('token.new_password')} type="password" required autoComplete="new-password" value={fields.password} onChange={set('password')} helperText={t('token.rule', { min: about.minPasswordLength })} slotProps={{ htmlInput: { minLength: about.minPasswordLength, maxLength: 256 } }} />
            <TextField label={t('token.repeat')} type="password" required autoComplete="new-password" value={fields.repeat} onChange={set('repeat')} error={differs} helperText={differs ? t('token.differs') : ''} />
          </>
        ) : null}
        {error ? <Alert severity="error" style={{ marginTop: 8 }}>{errorText(error)}</Alert> : null}
        <Button type="submit" variant="contained" fullWidth style={{ marginTop: 14, minHeight: 38 }}>{words.submit}</Button>
      </form>
    </PlainPage>
  );
}

function wordsFor(about: AccountToken, t: Translate): { title: string; lead: string; submit: string } {
  const data = { email: about.email ?? '', organisation: about.organisationName ?? '' };
  if (about.purpose === 'reset_password') return { title: t('token.reset_title'), lead: [t('token.reset_hint', data), about.organisationName ? t('token.reset_invitation', data) : ''].join(' ').trim(), submit: t('token.reset_submit') };
  if (about.purpose === 'first_administrator') return { title: t('token.first_title'), lead: t('token.first_hint'), submit: t('token.first_submit') };
  return { title: t('token.join_title', data), lead: t(about.isNewUser ? 'token.join_new' : 'token.join_known', data), submit: t('token.join_submit') };
}
