import { Alert, Button } from '@mui/material';
import { useRef, useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { useAccount } from '../layout/account-context.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useCommand } from '../parts/portal.ts';
import { useErrorText, useT } from '../parts/speech.ts';
import { fieldErrors } from '../parts/field-errors.ts';
import { newKey } from '../providers/key.ts';
import { emptyFields, recordOf } from './order-fields.ts';
import { OrderInputs } from './OrderInputs.tsx';

/** Reports a defect; *Anlegen und beauftragen* goes straight on to whom to ask. */
export function OrderCreate() {
  const t = useT();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const { account } = useAccount();
  const key = useRef(newKey());
  const isOffice = account.permissions.includes('work_order.assign');
  const [fields, setFields] = useState(() => emptyFields(isOffice ? account.me.userId : ''));
  const create = useCommand((portal, data: Record<string, unknown>) => portal.create('work-orders', { data: { kind: 'ticket', ...data }, meta: { key: key.current } }), { said: 'form.created' });
  const record = recordOf(fields);
  const isReady = record !== null && fields.title.trim() !== '' && fields.workspaceId !== '';
  const save = (isAssigning: boolean): void => {
    if (!isReady || create.isPending) return;
    create.mutate(record, { onSuccess: ({ data }) => void navigate(`/work-orders/${String(data.id)}/show${isAssigning ? '?do=assign' : ''}`) });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save(false);
  };
  return (
    <form className="form-page" onSubmit={submit}>
      <PageHead title={t('form.create_title')} />
      <Panel>
        <OrderInputs fields={fields} onChange={setFields} errors={fieldErrors(create.error)} isNew />
        {create.error ? <Alert severity="error" style={{ marginTop: 8 }}>{errorText(create.error)}</Alert> : null}
        <div className="form-actions">
          {isOffice ? <Button variant="contained" disabled={!isReady || create.isPending} onClick={() => save(true)}>{t('form.create_and_assign')}</Button> : null}
          <Button type="submit" variant={isOffice ? 'outlined' : 'contained'} disabled={!isReady || create.isPending}>{t('form.create')}</Button>
          <Button onClick={() => void navigate(-1)}>{t('action.cancel')}</Button>
        </div>
      </Panel>
    </form>
  );
}
