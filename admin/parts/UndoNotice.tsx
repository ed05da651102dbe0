import { Button, SnackbarContent } from '@mui/material';
import { useCloseNotification } from 'react-admin';
import { useT } from './speech.ts';

/** How long a small change can be taken back from its notice. */
export const UNDO_MILLISECONDS = 8_000;

/** What was done, and *Rückgängig*: one click runs the reverse command. */
export function UndoNotice({ text, onUndo }: { readonly text: string; readonly onUndo: () => void }) {
  const t = useT();
  const close = useCloseNotification();
  const undo = (): void => {
    close();
    onUndo();
  };
  return <SnackbarContent className="undo-notice" message={text} action={<Button size="small" onClick={undo}>{t('action.undo')}</Button>} />;
}
