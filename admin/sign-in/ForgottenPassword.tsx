import { Alert, Button, TextField } from '@mui/material';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router-dom';
import { useErrorText, useT } from '../parts/speech.ts';
import { verbs } from '../providers/verbs.ts';
import { PlainPage } from './PlainPage.tsx';

/** Asks for a link by mail; the answer is the same whether the address is known or not. */
export function ForgottenPassword() {
  const t = useT();
  const errorText = useErrorText();
  const [email, setEmail] = useState('');
  const [isSent, setIsSent] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setError(null);
    try {
      await verbs.askForPasswordReset(email.trim());
      setIsSent(true);
    } catch (thrown) {
      setError(thrown);
    }
  };
  const back = <Link to="/sign-in">{t('sign_in.back')}</Link>;
  return (
    <PlainPage title={t('sign_in.forgotten_title')} lead={isSent ? undefined : t('sign_in.forgotten_hint')} below={back}>
      {isSent ? <p role="status" style={{ marginTop: 10 }}>{t('sign_in.forgotten_done', { email: email.trim() })}</p> : (
        <form onSubmit={(event) => void submit(event)}>
          <TextField label={t('sign_in.email')} name="email" type="email" autoComplete="username" autoFocus required value={email} onChange={(event) => setEmail(event.target.value)} />
          {error ? <Alert severity="error">{errorText(error)}</Alert> : null}
          <Button type="submit" variant="contained" fullWidth style={{ marginTop: 14, minHeight: 38 }}>{t('sign_in.forgotten_submit')}</Button>
        </form>
      )}
    </PlainPage>
  );
}
