import { DEFAULT_POLICY, type EscalationPolicy, type EscalationStep, type PolicyAction, type StepDelay } from '#domain/escalation/policy.ts';
import type { Priority } from '#domain/statuses.ts';

export type EndingAction = 'offer_next' | 'withdraw';
const ENDINGS: readonly PolicyAction[] = ['offer_next', 'withdraw'];

/** The steps that stand as sentences; handing on and withdrawing have their own switches. */
export function stepsBeforeEnd(policy: EscalationPolicy, priority: Priority): EscalationStep[] {
  return policy.perPriority[priority].filter((step) => !ENDINGS.includes(step.action));
}

export function endingStep(policy: EscalationPolicy, priority: Priority, action: EndingAction): EscalationStep | undefined {
  return policy.perPriority[priority].find((step) => step.action === action);
}

/** Puts new sentences in place of the old ones; the two endings keep their place after them. */
export function setSteps(policy: EscalationPolicy, priority: Priority, steps: readonly EscalationStep[]): EscalationPolicy {
  const endings = policy.perPriority[priority].filter((step) => ENDINGS.includes(step.action));
  return { ...policy, perPriority: { ...policy.perPriority, [priority]: [...steps, ...endings] } };
}

/** Switches an ending on or off, after the given delay or the default one. */
export function setEnding(policy: EscalationPolicy, priority: Priority, action: EndingAction, isEnabled: boolean, after?: StepDelay): EscalationPolicy {
  const known = endingStep(policy, priority, action) ?? endingStep(DEFAULT_POLICY, priority, action);
  if (!known) return policy;
  const changed: EscalationStep = { ...known, isEnabled, after: after ?? known.after };
  const others = policy.perPriority[priority].filter((step) => step.action !== action);
  const at = action === 'withdraw' ? others.length : others.findIndex((step) => step.action === 'withdraw');
  const place = at < 0 ? others.length : at;
  return { ...policy, perPriority: { ...policy.perPriority, [priority]: [...others.slice(0, place), changed, ...others.slice(place)] } };
}

/** A step after the last one, in its unit, with an action that is not there yet. */
export function newStep(steps: readonly EscalationStep[], priority: Priority): EscalationStep {
  const last = steps.at(-1);
  const free = (['remind', 'last_reminder', 'tell_responsible', 'tell_admins'] as const).find((action) => action !== 'remind' && !steps.some((step) => step.action === action));
  const unit = last?.after.unit ?? (priority === 'urgent' ? 'minutes' : 'working_days');
  return { action: free ?? 'remind', isEnabled: true, after: { unit, amount: (last?.after.amount ?? 0) + (unit === 'minutes' ? 15 : 1) } };
}
