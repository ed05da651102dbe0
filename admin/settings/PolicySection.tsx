import { Alert, Button, Switch, Tab, Tabs, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerStepOf, type EscalationPolicy } from '#domain/escalation/policy.ts';
import { PRIORITIES, type Priority } from '#domain/statuses.ts';
import { AddIcon, LockIcon } from '../parts/icons.ts';
import { Panel } from '../parts/Panel.tsx';
import { Answer } from '../parts/States.tsx';
import { useCommand, usePortal } from '../parts/portal.ts';
import { useErrorText, useT, useWords } from '../parts/speech.ts';
import type { Policy } from '../providers/types.ts';
import { newStep, setEnding, setSteps, stepsBeforeEnd, endingStep } from './policy-edit.ts';
import { PolicyPreview, usePolicyPreview } from './PolicyPreview.tsx';
import { PolicyReading } from './PolicyReading.tsx';
import { WhoMayChange } from './ReadOnly.tsx';
import { StepLine } from './StepLine.tsx';

/** The escalation policy as sentences, with what it means on a real calendar beside it. */
export function PolicySection() {
  const portal = usePortal();
  const asked = useQuery({ queryKey: ['settings', 'policy'], queryFn: () => portal.policy() });
  return <Answer query={asked} rows={8}>{(record) => <PolicyEditor record={record} />}</Answer>;
}

function PolicyEditor({ record }: { record: Policy }) {
  const t = useT();
  const words = useWords();
  const errorText = useErrorText();
  const [saved, setSaved] = useState<EscalationPolicy>(record.policy);
  const [policy, setPolicy] = useState<EscalationPolicy>(record.policy);
  const [priority, setPriority] = useState<Priority>('normal');
  const [start, setStart] = useState('');
  const preview = usePolicyPreview(policy, priority, start);
  const save = useCommand((portal, next: EscalationPolicy) => portal.savePolicy(next), { refreshes: ['settings'], said: 'policy.saved', onDone: (_, next) => setSaved(next) });
  const mayEdit = record.can['edit'] === true;
  const isChanged = JSON.stringify(policy) !== JSON.stringify(saved);
  const problems = preview.data?.problems ?? [];
  return (
    <>
      <div className="settings-main">
        {mayEdit ? <>
          <Panel title={t('policy.title')} end={<span className="second">{t('policy.lead')}</span>} flush>
            <Tabs value={priority} onChange={(_, next: Priority) => setPriority(next)} style={{ padding: '0 14px', borderBottom: '1px solid var(--hairline)' }}>
              {PRIORITIES.map((one) => <Tab key={one} value={one} label={words.priority[one]} />)}
            </Tabs>
            <Steps policy={policy} priority={priority} onChange={setPolicy} problems={problems} />
          </Panel>
          <Endings policy={policy} priority={priority} onChange={setPolicy} />
        </> : <PolicyReading policy={policy} priority={priority} onPriority={setPriority} />}
        <p className="note-box settings-note"><LockIcon />{t('policy.never')}</p>
        {save.error ? <Alert severity="error">{errorText(save.error)}</Alert> : null}
        {mayEdit ? null : <WhoMayChange />}
        {mayEdit && isChanged ? (
          <div className="panel settings-save-bar">
            <span>{t('policy.unsaved')}</span>
            <Button variant="outlined" onClick={() => setPolicy(saved)}>{t('policy.reset')}</Button>
            <Button variant="contained" disabled={save.isPending || problems.length > 0} onClick={() => save.mutate(policy)}>{t('action.save')}</Button>
          </div>
        ) : null}
      </div>
      <PolicyPreview preview={preview} start={start} onStart={setStart} />
    </>
  );
}

type EditProps = { readonly policy: EscalationPolicy; readonly priority: Priority; readonly onChange: (policy: EscalationPolicy) => void };

function Steps({ policy, priority, onChange, problems }: EditProps & { readonly problems: readonly { code: string; priority: Priority | null; index: number | null }[] }) {
  const t = useT();
  const words = useWords();
  const steps = stepsBeforeEnd(policy, priority);
  const all = policy.perPriority[priority];
  const answer = answerStepOf(policy, priority);
  const at = answer ? steps.indexOf(answer) : -1;
  const own = problems.filter((one) => one.priority === priority || one.priority === null);
  return (
    <>
      <div className="policy-lead second">
        {t('policy.counted_from')}
        <TextField type="time" value={policy.reminderTime} onChange={(event) => onChange({ ...policy, reminderTime: event.target.value })} slotProps={{ htmlInput: { 'aria-label': t('policy.counted_from') } }} style={{ width: 132, margin: 0 }} />
      </div>
      <ol>
        {steps.map((step, index) => (
          <StepLine key={`${priority}${index}`} step={step} index={index} count={steps.length} problem={own.find((one) => one.index === all.indexOf(step))?.code} isUrgent={priority === 'urgent'}
            onChange={(next) => onChange(setSteps(policy, priority, steps.map((one, to) => (to === index ? next : one))))}
            onMove={(by) => onChange(setSteps(policy, priority, steps.map((one, to) => (to === index ? steps[index + by] ?? one : to === index + by ? step : one))))}
            onRemove={() => onChange(setSteps(policy, priority, steps.filter((_, to) => to !== index)))} />
        ))}
      </ol>
      <div className="policy-foot">
        <Button startIcon={<AddIcon />} onClick={() => onChange(setSteps(policy, priority, [...steps, newStep(steps, priority)]))}>{t('policy.step')}</Button>
        <span className="second">{at >= 0 ? t('policy.answer_by_is', { number: at + 1 }) : t('policy.answer_by_none')}</span>
      </div>
      {own.filter((one) => one.index === null || !steps.some((step) => all.indexOf(step) === one.index)).map((one) => <p key={one.code} role="alert" className="policy-problem danger">{(words.policyProblem as Readonly<Record<string, string>>)[one.code] ?? one.code}</p>)}
    </>
  );
}

/** Handing on and withdrawing by itself: off until somebody switches it on. */
function Endings({ policy, priority, onChange }: EditProps) {
  const t = useT();
  return (
    <Panel title={t('policy.nobody_answers')} flush>
      {(['offer_next', 'withdraw'] as const).map((action) => {
        const step = endingStep(policy, priority, action);
        const isOn = step?.isEnabled ?? false;
        return (
          <div key={action} className="ending">
            <Switch checked={isOn} onChange={(_, next) => onChange(setEnding(policy, priority, action, next))} slotProps={{ input: { 'aria-label': t(`policy.${action}`) } }} />
            <span className="ending-text"><b>{t(`policy.${action}`)}</b><br /><span className="second">{t(isOn ? `policy.${action}_on` : `policy.${action}_off`)}</span></span>
            {isOn && step ? <StepLine step={step} index={0} count={1} isBare isUrgent={priority === 'urgent'} onChange={(next) => onChange(setEnding(policy, priority, action, true, next.after))} /> : null}
          </div>
        );
      })}
      <div className="ending">
        <Switch checked={policy.arePromisesFollowed} onChange={(_, next) => onChange({ ...policy, arePromisesFollowed: next })} slotProps={{ input: { 'aria-label': t('policy.promises') } }} />
        <span className="ending-text"><b>{t('policy.promises')}</b><br /><span className="second">{t('policy.promises_hint')}</span></span>
      </div>
    </Panel>
  );
}
