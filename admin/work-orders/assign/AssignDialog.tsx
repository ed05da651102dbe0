import { Alert, Button, Dialog, DialogActions, IconButton, useMediaQuery } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { fieldErrors } from '../../parts/field-errors.ts';
import { CloseIcon, MailIcon, SendIcon } from '../../parts/icons.ts';
import { fromLocalInput } from '../../parts/near.ts';
import { useCommand, usePortal } from '../../parts/portal.ts';
import { useErrorText, useSpokenLocale, useT } from '../../parts/speech.ts';
import { useFormat } from '../../parts/time.ts';
import { newKey } from '../../providers/key.ts';
import type { AssignInput, Order } from '../../providers/types.ts';
import { AssignFieldset } from './AssignFieldset.tsx';
import { choicesOf, inputOf, isPartner, type AssignFields, type Choice } from './choice.ts';
import { PreviewPane, useAssignPreview } from './PreviewPane.tsx';
import './assign.css';

/** Hands an order out: who, until when, with which words; the mail as it will arrive stands beside it. */
export function AssignDialog({ order, firmId, onClose }: { order: Order; firmId?: string | undefined; onClose: () => void }) {
  const t = useT();
  const errorText = useErrorText();
  const { zone } = useFormat();
  const locale = useSpokenLocale();
  const isNarrow = useMediaQuery('(max-width: 899.95px)');
  const key = useRef(newKey());
  const [fields, setFields] = useState<AssignFields>(() => ({
    choice: null, newFirm: { company: '', contactName: '', email: '', phone: '', locale }, contactId: '', message: '', answerBy: '', nextFirms: [], sharedIds: null,
    sharesWorkspace: false,
  }));
  usePreselected(order, firmId, (choice) => setFields((before) => ({ ...before, choice })));
  const input = inputOf(fields, (local) => fromLocalInput(local, zone)?.toISOString() ?? null);
  const preview = useAssignPreview(order.id, input);
  const assign = useCommand((portal, body: AssignInput) => portal.assign(order.id, body, key.current), { refreshes: ['work-orders', 'assignees'], said: 'assign.sent', onDone: onClose });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (input && !assign.isPending) assign.mutate(input);
  };
  const to = preview.data?.to.map((one) => one.email ?? one.name).join(', ');
  const isPeopleOnly = order.can['assign'] !== true;
  const isMember = isPeopleOnly || fields.choice?.kind === 'member';
  const isUnshared = preview.data?.warnings.includes('workspace_not_shared') === true && isPartner(fields.choice);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth={false} fullScreen={isNarrow} className="assign-dialog" aria-labelledby="assign-title">
      <form onSubmit={submit} className="assign-form" onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event); }}>
        <header className="assign-head">
          <h2 id="assign-title">{t(isPeopleOnly ? 'assign.title_person' : 'assign.title')}</h2>
          <span className="second one-line">{order.number} · {order.title} · {order.workspaceName}</span>
          <IconButton onClick={onClose} aria-label={t('action.close')}><CloseIcon /></IconButton>
        </header>
        <div className="assign-body">
          <AssignFieldset order={order} isPeopleOnly={isPeopleOnly} fields={fields} onChange={setFields} preview={preview.data} isUnshared={isUnshared} isPreselected={firmId !== undefined} errors={fieldErrors(assign.error)} />
          <PreviewPane input={input} preview={preview} />
        </div>
        {assign.error ? <Alert severity="error" style={{ borderRadius: 0 }}>{errorText(assign.error)} {t('state.nothing_changed')}</Alert> : null}
        <DialogActions className="assign-foot">
          <span className="second icon-line"><MailIcon />{to ? t('assign.mails_to', { email: to }) : t('assign.no_mail')}</span>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="contained" startIcon={<SendIcon />} disabled={!input || assign.isPending || (isUnshared && !fields.sharesWorkspace)}>{t(isMember ? 'assign.send_member' : fields.sharesWorkspace ? 'partners.share_and_assign' : 'assign.send')}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** The firm that the way here named is chosen once it is known whether it can be asked. */
function usePreselected(order: Order, firmId: string | undefined, onFound: (choice: Choice) => void): void {
  const portal = usePortal();
  const asked = useQuery({ queryKey: ['assignees', order.id, ''], queryFn: ({ signal }) => portal.assignees('', order.id, signal), enabled: firmId !== undefined });
  const found = choicesOf(asked.data, '').find((one) => one.kind === 'firm' && one.id === firmId && one.firm.standing !== 'blocked' && !one.firm.hasOpenAssignment);
  const isFound = found !== undefined;
  useEffect(() => {
    if (found) onFound(found);
    // Once: what somebody chooses afterwards stays.
  }, [isFound]);
}
