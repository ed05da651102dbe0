import { IconButton, MenuItem, TextField } from '@mui/material';
import { DURATION_UNITS, type DurationUnit, type EscalationStep, type PolicyAction } from '#domain/escalation/policy.ts';
import { BellIcon, DeleteIcon, DownIcon, PersonIcon, UpIcon } from '../parts/icons.ts';
import { useT, useWords } from '../parts/speech.ts';

type StepLineProps = {
  readonly step: EscalationStep; readonly index: number; readonly count: number; readonly problem?: string | undefined; readonly isBare?: boolean; readonly isUrgent: boolean;
  readonly onChange: (step: EscalationStep) => void; readonly onMove?: (by: 1 | -1) => void; readonly onRemove?: () => void;
};

const SENTENCES: readonly PolicyAction[] = ['remind', 'last_reminder', 'tell_responsible', 'tell_admins'];

/** "Nach 2 Arbeitstagen letzte Erinnerung": one step as a sentence to fill in. */
export function StepLine({ step, index, count, problem, isBare, isUrgent, onChange, onMove, onRemove }: StepLineProps) {
  const t = useT();
  const words = useWords();
  const units = DURATION_UNITS.filter((unit) => (isUrgent ? unit === 'minutes' : unit !== 'minutes') || unit === step.after.unit);
  const number = index + 1;
  const Line = isBare ? 'span' : 'li';
  return (
    <Line className={`policy-step ${isBare ? 'is-bare' : ''}`}>
      {isBare ? null : <span className="policy-number" aria-hidden>{number}</span>}
      <span>{t('policy.after')}</span>
      <TextField type="number" value={step.after.amount} onChange={(event) => onChange({ ...step, after: { ...step.after, amount: Number(event.target.value) } })} className="policy-amount"
        slotProps={{ htmlInput: { min: 0, step: step.after.unit === 'business_hours' ? 0.25 : 1, 'aria-label': t('policy.amount') } }} />
      <TextField select value={step.after.unit} onChange={(event) => onChange({ ...step, after: { ...step.after, unit: event.target.value as DurationUnit } })} className="policy-unit" slotProps={{ htmlInput: { 'aria-label': t('policy.unit') } }}>
        {units.map((unit) => <MenuItem key={unit} value={unit}>{t(`policy.${unit}`)}</MenuItem>)}
      </TextField>
      {isBare ? null : (
        <>
          {step.action.startsWith('tell') ? <PersonIcon className="waiting" fontSize="small" /> : <BellIcon color="primary" fontSize="small" />}
          <TextField select value={step.action} onChange={(event) => onChange({ ...step, action: event.target.value as PolicyAction })} className="policy-action" slotProps={{ htmlInput: { 'aria-label': t('policy.action') } }}>
            {SENTENCES.map((action) => <MenuItem key={action} value={action}>{t(`policy.${action}` as 'policy.remind')}</MenuItem>)}
          </TextField>
          <span className="policy-buttons">
            <IconButton aria-label={t('policy.move_up', { number })} disabled={index === 0} onClick={() => onMove?.(-1)}><UpIcon style={{ fontSize: 16 }} /></IconButton>
            <IconButton aria-label={t('policy.move_down', { number })} disabled={index === count - 1} onClick={() => onMove?.(1)}><DownIcon style={{ fontSize: 16 }} /></IconButton>
            <IconButton aria-label={t('policy.remove', { number })} onClick={onRemove}><DeleteIcon style={{ fontSize: 17 }} /></IconButton>
          </span>
        </>
      )}
      {problem ? <span role="alert" className="policy-problem danger">{(words.policyProblem as Readonly<Record<string, string>>)[problem] ?? problem}</span> : null}
    </Line>
  );
}
