import { Tab, Tabs } from '@mui/material';
import { answerStepOf, type EscalationPolicy, type StepDelay } from '#domain/escalation/policy.ts';
import { PRIORITIES, type Priority } from '#domain/statuses.ts';
import { BellIcon, PersonIcon } from '../parts/icons.ts';
import { Panel } from '../parts/Panel.tsx';
import { useT, useWords, type Translate } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import { endingStep, stepsBeforeEnd } from './policy-edit.ts';

type ReadingProps = { readonly policy: EscalationPolicy; readonly priority: Priority; readonly onPriority: (priority: Priority) => void };

/** The escalation policy as plain sentences, for who may read but not change it. */
export function PolicyReading({ policy, priority, onPriority }: ReadingProps) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const steps = stepsBeforeEnd(policy, priority);
  const answer = answerStepOf(policy, priority);
  const at = answer ? steps.indexOf(answer) : -1;
  const after = (delay: StepDelay): string => delayWords(delay, t, format.number);
  return (
    <>
      <Panel title={t('policy.title')} end={<span className="second">{t('policy.lead')}</span>} flush>
        <Tabs value={priority} onChange={(_, next: Priority) => onPriority(next)} style={{ padding: '0 14px', borderBottom: '1px solid var(--hairline)' }}>
          {PRIORITIES.map((one) => <Tab key={one} value={one} label={words.priority[one]} />)}
        </Tabs>
        <p className="policy-lead second">{t('policy.counted_from')} <b>{policy.reminderTime}</b></p>
        <ol>
          {steps.map((step, index) => (
            <li key={`${priority}${index}`} className="policy-step">
              <span className="policy-number" aria-hidden>{index + 1}</span>
              {step.action.startsWith('tell') ? <PersonIcon className="waiting" fontSize="small" /> : <BellIcon color="primary" fontSize="small" />}
              <span>{after(step.after)}: <b>{t(`policy.${step.action}` as 'policy.remind')}</b></span>
            </li>
          ))}
        </ol>
        <p className="policy-foot second">{at >= 0 ? t('policy.answer_by_is', { number: at + 1 }) : t('policy.answer_by_none')}</p>
      </Panel>
      <Panel title={t('policy.nobody_answers')} flush>
        {(['offer_next', 'withdraw'] as const).map((action) => {
          const step = endingStep(policy, priority, action);
          return <Ending key={action} title={t(`policy.${action}`)} isOn={step?.isEnabled ?? false} hint={step?.isEnabled ? after(step.after) : t(`policy.${action}_off`)} />;
        })}
        <Ending title={t('policy.promises')} isOn={policy.arePromisesFollowed} hint={t('policy.promises_hint')} />
      </Panel>
    </>
  );
}

function Ending({ title, isOn, hint }: { title: string; isOn: boolean; hint: string }) {
  const t = useT();
  return (
    <div className="ending">
      <span className={`tag ${isOn ? 'is-shared' : ''}`}>{t(isOn ? 'policy.on' : 'policy.off')}</span>
      <span className="ending-text"><b>{title}</b><br /><span className="second">{hint}</span></span>
    </div>
  );
}

/** "Nach 2 Arbeitstagen". */
export function delayWords({ amount, unit }: StepDelay, t: Translate, number: (value: number, digits?: number) => string): string {
  return t(`policy.after_${unit}`, { smart_count: amount, amount: number(amount, amount % 1 === 0 ? 0 : 2) });
}
