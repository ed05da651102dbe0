import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, TextField } from '@mui/material';
import { useEffect, useState, type FormEvent } from 'react';
import { useLogin } from 'react-admin';
import { Link } from 'react-router-dom';
import { useErrorText, useT } from '../parts/speech.ts';
import { addressedAccount, moveToAccount } from '../providers/address.ts';
import { hasSignedOut } from '../providers/leaving.ts';
import { PlainPage } from './PlainPage.tsx';

/** Sign in with address and password; leads back to where somebody wanted to go. */
export function SignIn() {
  const t = useT();
  const errorText = useErrorText();
  const login = useLogin();
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isLeaving = hasSignedOut() && addressedAccount() !== null;
  useEffect(() => {
    if (isLeaving) moveToAccount(null, '/sign-in', true);
  }, [isLeaving]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setIsBusy(true);
    setError(null);
    try {
      // The failed check that led here must not sign the new session out again.
      client.clear();
      await login({ email: email.trim(), password });
    } catch (thrown) {
      setError(thrown);
      setIsBusy(false);
    }
  };
  if (isLeaving) return null;
  return (
    <PlainPage title={t('sign_in.title')} lead={t('sign_in.claim')} below={<Link to="/forgot-password">{t('sign_in.forgotten')}</Link>}>
      <form onSubmit={(event) => void submit(event)}>
        <TextField label={t('sign_in.email')} name="email" type="email" autoComplete="username" autoFocus required value={email} onChange={(event) => setEmail(event.target.value)} />
        <TextField label={t('sign_in.password')} name="password" type="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />
        {error ? <Alert severity="error" style={{ marginTop: 8 }}>{errorText(error)}</Alert> : null}
        <Button type="submit" variant="contained" fullWidth disabled={isBusy} style={{ marginTop: 14, minHeight: 38 }}>{t('sign_in.submit')}</Button>
      </form>
    </PlainPage>
  );
}
