import { Alert, Button } from '@mui/material';
import { useState, type FormEvent } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { PageHead } from '../parts/PageHead.tsx';
import { Panel } from '../parts/Panel.tsx';
import { Failed, LoadingRows, NotFound } from '../parts/States.tsx';
import { useCommand } from '../parts/portal.ts';
import { useErrorText, useT } from '../parts/speech.ts';
import { useFullRecord } from '../parts/full-record.ts';
import { fieldErrors } from '../parts/field-errors.ts';
import { codeOf } from '../providers/http.ts';
import type { Order } from '../providers/types.ts';
import { fieldsOf, recordOf } from './order-fields.ts';
import { OrderInputs } from './OrderInputs.tsx';
import { assigneeName } from './thread-entries.ts';

/** Changes what is known of an order; if somebody else did meanwhile, says so and keeps what was typed. */
export function OrderEdit() {
  const { id = '' } = useParams();
  const asked = useFullRecord<Order>('work-orders', id);
  if (asked.data) return asked.data.can['edit'] === false ? <NotFound /> : <EditForm key={asked.data.id} order={asked.data} onReload={async () => (await asked.refetch()).data?.version} />;
  return asked.error ? <Failed error={asked.error} onRetry={() => void asked.refetch()} /> : <LoadingRows rows={8} />;
}

function EditForm({ order, onReload }: { order: Order; onReload: () => Promise<number | null | undefined> }) {
  const t = useT();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const [start] = useState(order);
  const [version, setVersion] = useState(order.version);
  const [fields, setFields] = useState(() => fieldsOf(order));
  const back = `/work-orders/${order.id}/show`;
  const before = recordOf(fieldsOf(start));
  const save = useCommand((portal, data: Record<string, unknown>) => portal.update('work-orders', { id: order.id, data: { version, ...data } }), {
    said: 'state.saved', onDone: () => void navigate(back),
    undo: ({ data }, input) => (before && planners.length === 0 ? (portal) => portal.update('work-orders', { id: order.id, data: { version: data['version'] as unknown, ...pick(before, Object.keys(input)) } }) : null),
  });
  const record = recordOf(fields);
  const changed = record && before ? Object.fromEntries(Object.entries(record).filter(([name, value]) => value !== before[name])) : null;
  // Taking a due date back would be a mail as well.
  const planners = changed && 'dueOn' in changed ? toldOf(start) : [];
  const told = changed?.['dueOn'] ? planners : [];
  const isStale = codeOf(save.error) === 'changed_meanwhile' && save.error !== null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (changed && Object.keys(changed).length === 0) void navigate(back);
    else if (changed) save.mutate(changed);
  };
  const takeNew = async (): Promise<void> => {
    setVersion((await onReload()) ?? order.version);
    save.reset();
  };
  return (
    <form className="form-page" onSubmit={submit}>
      <PageHead title={t('form.edit_title')} crumbs={[{ label: t('list.title'), to: '/work-orders' }, { label: order.number, to: back }]} />
      {!save.isSuccess && (isStale || order.version !== version) ? (
        <p className="note-box is-waiting" style={{ marginBottom: 10 }}>
          {t('order.changed_meanwhile')} <span className="note-end"><Button variant="outlined" onClick={() => void takeNew()}>{t('order.load_new')}</Button></span>
        </p>
      ) : null}
      <Panel>
        <OrderInputs fields={fields} onChange={setFields} errors={fieldErrors(save.error)} />
        {told.length > 0 ? <p className="note-box">{t('form.due_told', { who: told.join(', ') })}</p> : null}
        {save.error && !isStale ? <Alert severity="error" style={{ marginTop: 8 }}>{errorText(save.error)}</Alert> : null}
        <div className="form-actions">
          <Button type="submit" variant="contained" disabled={!record || fields.title.trim() === '' || save.isPending}>{t(told.length > 0 ? 'form.save_and_send' : 'form.save')}</Button>
          <Button onClick={() => void navigate(back)}>{t('action.cancel')}</Button>
        </div>
      </Panel>
    </form>
  );
}

/** Whoever is asked or at work by mail plans by the due date, and is mailed a new one at once. */
function toldOf({ assignments }: Order): string[] {
  return assignments.filter((one) => one.firm && (one.status === 'offered' || one.status === 'accepted')).map(assigneeName);
}

function pick(record: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, record[name]]));
}
