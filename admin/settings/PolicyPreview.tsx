import { Button, TextField } from '@mui/material';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { EscalationPolicy } from '#domain/escalation/policy.ts';
import type { Priority } from '#domain/statuses.ts';
import { EyeIcon } from '../parts/icons.ts';
import { asLocalInput, fromLocalInput } from '../parts/near.ts';
import { Panel } from '../parts/Panel.tsx';
import { Answer } from '../parts/States.tsx';
import { usePortal } from '../parts/portal.ts';
import { useT, useWords } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { PolicyPreview as Data } from '../providers/types.ts';
import { useSettled } from '../work-orders/assign/AssigneePicker.tsx';
import { actionWord } from '../work-orders/process-words.ts';

/** Asks the server what a draft means from a start on; `start` is a `datetime-local` value, empty = now. */
export function usePolicyPreview(policy: EscalationPolicy, priority: Priority, start: string): UseQueryResult<Data> {
  const portal = usePortal();
  const { zone } = useFormat();
  const settled = useSettled(JSON.stringify({ policy, priority, start }), 300);
  return useQuery({
    queryKey: ['policy-preview', settled, zone],
    queryFn: () => {
      const asked = JSON.parse(settled) as { policy: EscalationPolicy; priority: Priority; start: string };
      const moment = fromLocalInput(asked.start, zone);
      return portal.previewPolicy({ policy: asked.policy, priority: asked.priority, ...(moment ? { start: moment.toISOString() } : {}) });
    },
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}

/** The dates of each step for one start, skipped days named, and the mail's own deadline sentence. */
export function PolicyPreview({ preview, start, onStart }: { preview: UseQueryResult<Data>; start: string; onStart: (start: string) => void }) {
  const t = useT();
  const { now, zone } = useFormat();
  return (
    <aside className="settings-preview">
      <Panel title={t('policy.preview')} icon={<EyeIcon fontSize="small" />}>
        <TextField type="datetime-local" label={t('policy.start')} value={start || asLocalInput(now, zone)} onChange={(event) => onStart(event.target.value)} slotProps={{ inputLabel: { shrink: true } }} />
        <Answer query={preview} rows={5}>{(data) => <Plan data={data} start={fromLocalInput(start, zone) ?? now} />}</Answer>
        {start ? <Button variant="outlined" onClick={() => onStart('')}>{t('policy.from_now')}</Button> : null}
      </Panel>
    </aside>
  );
}

function Plan({ data, start }: { data: Data; start: Date }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const on = data.steps.filter((step) => step.isEnabled && step.at !== null && !MARKS.includes(step.action));
  return (
    <ol className="plan">
      <li className="plan-line is-done"><span className="plan-at">{format.near(start.toISOString())}</span><span>{t('policy.delivered')}</span></li>
      {on.map((step, at) => (
        <PlanLines key={`${step.action}${at}`} step={step} word={actionWord(step.action, words, step.number)} sentence={step.at === data.answerBy ? data.sentence : null} />
      ))}
      <li className="plan-line is-off"><span className="plan-at">{t('policy.afterwards')}</span><span>{t('policy.nothing')}</span></li>
    </ol>
  );
}

function PlanLines({ step, word, sentence }: { step: Data['steps'][number]; word: string; sentence: string | null }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      {step.skippedDays.map((one) => <li key={one.day} className="plan-line is-skipped"><span className="plan-at">{format.nearDay(one.day)}</span><span>{dayReason(one.reason, t)}</span></li>)}
      <li className="plan-line is-next">
        <span className="plan-at">{step.at ? format.near(step.at) : '–'}</span>
        <span><b>{word}</b>{sentence ? <><br /><span className="second">{t('policy.in_mail', { sentence })}</span></> : null}</span>
      </li>
    </>
  );
}

/** Not steps: the line of the delivery stands above them. */
const MARKS: readonly string[] = ['offered', 'delivered', 'waits'];

const REASONS = ['weekend', 'saturday', 'sunday', 'closed_day', 'holiday'] as const;

/** A holiday comes with its name; the other reasons are codes. */
function dayReason(reason: string, t: ReturnType<typeof useT>): string {
  const known = REASONS.find((one) => one === reason);
  return known ? t(`policy.${known}`) : reason;
}
