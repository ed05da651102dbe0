import { Alert, Button } from '@mui/material';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useNavigate } from 'react-router-dom';
import { newKey } from '../providers/key.ts';
import { fieldErrors } from './field-errors.ts';
import { PageHead, type Crumb } from './PageHead.tsx';
import { Panel } from './Panel.tsx';
import { useCommand } from './portal.ts';
import { useErrorText, useT } from './speech.ts';

export type InputsOf<Fields> = (props: { fields: Fields; onChange: (fields: Fields) => void; errors: Readonly<Record<string, string>> }) => ReactNode;

type RecordFormProps<Fields> = {
  readonly resource: string;
  /** Absent = a new record. */
  readonly id?: string;
  readonly title: string; readonly crumbs: readonly Crumb[]; readonly start: Fields; readonly Inputs: InputsOf<Fields>;
  /** What the API takes; null while something needed is missing. */
  readonly recordOf: (fields: Fields) => Record<string, unknown> | null;
  /** A change of it can be taken back for some seconds. */
  readonly isUndoable?: boolean;
};

/** The one form of the simple records: fields, errors beside them, save, and back to the record. */
export function RecordForm<Fields>({ resource, id, title, crumbs, start, Inputs, recordOf, isUndoable }: RecordFormProps<Fields>) {
  const t = useT();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const key = useRef(newKey());
  const [fields, setFields] = useState(start);
  const before = recordOf(start);
  const save = useCommand(
    (portal, data: Record<string, unknown>) => (id ? portal.update(resource, { id, data }) : portal.create(resource, { data, meta: { key: key.current } })),
    {
      refreshes: [resource, 'work-orders'], said: 'state.saved',
      undo: () => (id && before && isUndoable ? (portal) => portal.update(resource, { id, data: before }) : null),
      onDone: ({ data }) => void navigate(`/${resource}/${String(data.id)}/show`),
    },
  );
  const record = recordOf(fields);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (record) save.mutate(record);
  };
  return (
    <form className="form-page" onSubmit={submit}>
      <PageHead title={title} crumbs={crumbs} />
      <Panel>
        <Inputs fields={fields} onChange={setFields} errors={fieldErrors(save.error)} />
        {save.error ? <Alert severity="error" style={{ marginTop: 8 }}>{errorText(save.error)}</Alert> : null}
        <div className="form-actions">
          <Button type="submit" variant="contained" disabled={!record || save.isPending}>{t('action.save')}</Button>
          <Button onClick={() => void navigate(-1)}>{t('action.cancel')}</Button>
        </div>
      </Panel>
    </form>
  );
}
