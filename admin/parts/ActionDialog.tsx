import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useErrorText, useT } from './speech.ts';

type ActionDialogProps = {
  readonly title: ReactNode; readonly confirm: string; readonly isOpen: boolean; readonly onClose: () => void;
  /** Rejects with what the API answered; the dialog stays open, says so and keeps what was typed. */
  readonly onConfirm: () => Promise<unknown>;
  readonly isDanger?: boolean; readonly canConfirm?: boolean; readonly footer?: ReactNode; readonly maxWidth?: 'xs' | 'sm' | 'md' | 'lg';
  readonly children?: ReactNode;
};

/** Asks before something happens; errors are told in place, never as a toast. */
export function ActionDialog({ title, confirm, isOpen, onClose, onConfirm, isDanger, canConfirm = true, footer, maxWidth = 'sm', children }: ActionDialogProps) {
  const t = useT();
  const errorText = useErrorText();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => {
    if (isOpen) setError(null);
  }, [isOpen]);

  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    event?.stopPropagation();
    if (!canConfirm || isBusy) return;
    setIsBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <Dialog open={isOpen} onClose={onClose} fullWidth maxWidth={maxWidth} aria-labelledby="action-dialog-title">
      <form onSubmit={(event) => void submit(event)} noValidate
        onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(); }}>
        <DialogTitle id="action-dialog-title">{title}</DialogTitle>
        <DialogContent>
          {children}
          {error ? <Alert severity="error" style={{ marginTop: 10 }}>{errorText(error)} {t('state.nothing_changed')}</Alert> : null}
        </DialogContent>
        <DialogActions>
          {footer ? <span className="second" style={{ marginRight: 'auto' }}>{footer}</span> : null}
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant={isDanger ? 'outlined' : 'contained'} color={isDanger ? 'error' : 'primary'} disabled={!canConfirm || isBusy}>
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
