import { Alert, Button } from '@mui/material';
import { useState, type FormEvent, type ReactNode } from 'react';
import { FactList, type Fact } from '../parts/FactList.tsx';
import { fieldErrors } from '../parts/field-errors.ts';
import { Panel } from '../parts/Panel.tsx';
import { useCommand } from '../parts/portal.ts';
import { useErrorText, useT } from '../parts/speech.ts';
import type { Settings } from '../providers/types.ts';
import { WhoMayChange } from './ReadOnly.tsx';

type Inputs<Fields> = (props: { fields: Fields; onChange: (fields: Fields) => void; errors: Readonly<Record<string, string>> }) => ReactNode;
type Props<Fields> = {
  readonly title: string; readonly settings: Settings; readonly start: Fields; readonly Inputs: Inputs<Fields>;
  readonly recordOf: (fields: Fields) => Record<string, unknown>;
  /** What who may not change it reads instead. */
  readonly facts: readonly Fact[];
};

/** One section of the settings: saves only when something was changed; plain text for who may not change it. */
export function SettingsForm<Fields extends object>({ facts, ...props }: Props<Fields>) {
  if (props.settings.can['edit'] === true) return <Form {...props} />;
  return (
    <>
      <Panel title={props.title}><FactList facts={facts} isWhole /></Panel>
      <WhoMayChange />
    </>
  );
}

function Form<Fields extends object>({ title, start, Inputs, recordOf }: Omit<Props<Fields>, 'facts'>) {
  const t = useT();
  const errorText = useErrorText();
  const [saved, setSaved] = useState(start);
  const [fields, setFields] = useState(start);
  const save = useCommand((portal, input: Record<string, unknown>) => portal.changeSettings(input), { refreshes: ['settings', 'work-orders'], said: 'settings.saved', onDone: () => setSaved(fields) });
  const isChanged = JSON.stringify(fields) !== JSON.stringify(saved);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(recordOf(fields));
  };
  return (
    <form onSubmit={submit}>
      <Panel title={title}>
        <Inputs fields={fields} onChange={setFields} errors={fieldErrors(save.error)} />
        {save.error ? <Alert severity="error" style={{ marginTop: 8 }}>{errorText(save.error)}</Alert> : null}
        {isChanged ? (
          <div className="form-actions settings-save">
            <span className="second">{t('state.unsaved')}</span>
            <Button onClick={() => setFields(saved)}>{t('action.discard')}</Button>
            <Button type="submit" variant="contained" disabled={save.isPending}>{t('action.save')}</Button>
          </div>
        ) : null}
      </Panel>
    </form>
  );
}
