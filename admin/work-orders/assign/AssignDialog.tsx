import { Alert, Button, Dialog, DialogActions, IconButton, useMediaQuery } from '@mui/material';
import { useRef, useState, type FormEvent } from 'react';
import { CloseIcon, MailIcon, SendIcon } from '../../parts/icons.ts';
import { fromLocalInput } from '../../parts/near.ts';
import { useCommand } from '../../parts/portal.ts';
import { useErrorText, useSpokenLocale, useT } from '../../parts/speech.ts';
import { useFormat } from '../../parts/time.ts';
import { newKey } from '../../providers/http.ts';
import type { AssignInput, Order } from '../../providers/types.ts';
import { AssignFieldset } from './AssignFieldset.tsx';
import { inputOf, isAllShown, type AssignFields } from './choice.ts';
import { PreviewPane, useAssignPreview } from './PreviewPane.tsx';
import './assign.css';

/** Hands an order out: who, until when, with which words; the mail as it will arrive stands beside it. */
export function AssignDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useT();
  const errorText = useErrorText();
  const { zone } = useFormat();
  const locale = useSpokenLocale();
  const isNarrow = useMediaQuery('(max-width: 899.95px)');
  const key = useRef(newKey());
  const [fields, setFields] = useState<AssignFields>(() => ({
    choice: null, newFirm: { company: '', contactName: '', email: '', phone: '', locale }, contactId: '', message: '', answerBy: '', nextFirms: [],
    sharedIds: !isAllShown(order) ? [] : order.attachments.filter((one) => one.visibility === 'shared').map((one) => one.id),
  }));
  const input = inputOf(fields, (local) => fromLocalInput(local, zone)?.toISOString() ?? null);
  const preview = useAssignPreview(order.id, input);
  const assign = useCommand((portal, body: AssignInput) => portal.assign(order.id, body, key.current), { refreshes: ['work-orders', 'assignees'], said: 'assign.sent', onDone: onClose });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (input && !assign.isPending) assign.mutate(input);
  };
  const to = preview.data?.to.map((one) => one.email).join(', ');
  const isMember = fields.choice?.kind === 'member';
  const isPeopleOnly = order.can['assign'] !== true;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth={false} fullScreen={isNarrow} className="assign-dialog" aria-labelledby="assign-title">
      <form onSubmit={submit} className="assign-form" onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event); }}>
        <header className="assign-head">
          <h2 id="assign-title">{t(isPeopleOnly ? 'assign.title_person' : 'assign.title')}</h2>
          <span className="second one-line">{order.number} · {order.title} · {order.workspaceName}</span>
          <IconButton onClick={onClose} aria-label={t('action.close')}><CloseIcon /></IconButton>
        </header>
        <div className="assign-body">
          <AssignFieldset order={order} isPeopleOnly={isPeopleOnly} fields={fields} onChange={setFields} preview={preview.data} />
          <PreviewPane input={input} preview={preview} />
        </div>
        {assign.error ? <Alert severity="error" style={{ borderRadius: 0 }}>{errorText(assign.error)} {t('state.nothing_changed')}</Alert> : null}
        <DialogActions className="assign-foot">
          <span className="second icon-line"><MailIcon />{to ? t('assign.mails_to', { email: to }) : t('assign.no_mail')}</span>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="contained" startIcon={<SendIcon />} disabled={!input || assign.isPending}>{t(isMember ? 'assign.send_member' : 'assign.send')}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
