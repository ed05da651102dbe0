/** HTTP status per error code: the one list that API, activities and words agree on. Dependency-free. */
export const ERROR_STATUS = {
  bad_request: 400,
  invalid_input: 422,
  unauthenticated: 401,
  sign_in_failed: 401,
  forbidden: 403,
  wrong_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  changed_meanwhile: 409,
  orders_changed: 409,
  ending_announced: 409,
  idempotency_key_reused: 409,
  step_not_allowed: 409,
  already_assigned: 409,
  assignment_ended: 409,
  answered_by_colleague: 409,
  given_elsewhere: 409,
  firm_blocked: 409,
  firm_archived: 409,
  firm_is_partner: 409,
  contact_undeliverable: 409,
  no_next_firm: 409,
  workspace_not_shared: 409,
  workspace_has_orders: 409,
  share_has_orders: 409,
  share_has_reported_work: 409,
  partnership_exists: 409,
  own_address: 409,
  invitation_not_open: 409,
  invitation_for_other: 403,
  evidence_required: 409,
  deadline_in_past: 422,
  reason_required: 422,
  who_required: 422,
  date_in_past: 422,
  not_later: 422,
  last_admin: 409,
  email_taken: 409,
  name_taken: 409,
  in_use: 409,
  token_invalid: 404,
  token_expired: 410,
  link_unknown: 404,
  link_expired: 410,
  password_too_short: 422,
  password_too_common: 422,
  too_many_requests: 429,
  file_too_large: 413,
  file_type_not_allowed: 415,
  file_empty: 422,
  body_too_large: 413,
  mail_already_decided: 409,
  mail_not_resendable: 409,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** A refusal that a person can understand and act on; `details` are ids, field names and numbers for its sentence. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, details: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
  }
}
