export type WaitingCode = 'delivery' | 'answer' | 'promised_date' | 'due_date' | 'done' | 'check' | 'person' | 'nothing';
export type StepCode =
  | 'remind' | 'last_reminder' | 'tell_responsible' | 'tell_admins' | 'offer_next' | 'withdraw'
  | 'promised_eve' | 'promised_evening' | 'due_passed';
export type WaitingWords = Readonly<Record<WaitingCode, string>>;
export type EscalationWords = Readonly<Record<StepCode, string>>;
export type ProcessWords = { readonly waiting: WaitingWords; readonly escalation: EscalationWords };
