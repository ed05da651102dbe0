import { PROCESS_KINDS, type ProcessKind } from './statuses.ts';

/** Workflows and database activities. Dependency-free: the workflow bundle imports this file. */
export const CORE_QUEUE = 'gewerk-core';
/** The send activity alone, capped to the provider's rate. */
export const MAIL_QUEUE = 'gewerk-mail';

/** The name of each process's workflow function. */
export const WORKFLOW_NAMES = {
  assignment: 'assignment',
  mail: 'mailDelivery',
  inbound: 'inboundMail',
  digest: 'notificationDigest',
  'file-request': 'fileRequest',
  invitation: 'partnerInvitation',
} as const satisfies Record<ProcessKind, string>;

/** What may happen when a workflow id comes up again after its process has ended. */
export const ID_REUSE = {
  assignment: 'reject',
  mail: 'reject',
  inbound: 'allow',
  digest: 'allow',
  'file-request': 'allow',
  invitation: 'allow',
} as const satisfies Record<ProcessKind, 'reject' | 'allow'>;

/** The one signal: look again. It carries ids only. */
export const LOOK_AGAIN_SIGNAL = 'lookAgain';

/** `assignment:<uuid>`, `digest:<order>:<recipient>`: the form of a workflow id, in one place. */
export function workflowIdOf(kind: ProcessKind, ...ids: readonly string[]): string {
  return [kind, ...ids].join(':');
}

/** Kind and ids of a workflow id, or null when it is none of ours. */
export function parseWorkflowId(workflowId: string): { kind: ProcessKind; ids: string[] } | null {
  const [kind, ...ids] = workflowId.split(':');
  if (!PROCESS_KINDS.includes(kind as ProcessKind) || ids.length === 0) return null;
  return { kind: kind as ProcessKind, ids };
}

/** Typed search attributes that operators filter by; ids and codes only, never personal data. */
export const SEARCH_ATTRIBUTES = {
  OrganisationId: 'KEYWORD',
  WorkOrderNumber: 'KEYWORD',
  ProcessStatus: 'KEYWORD',
  NextDueAt: 'DATETIME',
  EscalationLevel: 'INT',
  NeedsAttention: 'BOOL',
} as const;

/** Address of a process in the Temporal UI; a run id is not needed, the UI redirects. */
export function processUrl(uiUrl: string, namespace: string, workflowId: string): string {
  return `${uiUrl.replace(/\/$/, '')}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`;
}
