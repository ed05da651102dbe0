import type { EscalationPolicy } from '#domain/escalation/policy.ts';
import type { DeclineReason, HeldRemindersDecision, HoldReason, Locale, NotifyChoice, Priority, Role, WithdrawReason } from '#domain/statuses.ts';
import type { WorkOrderStep } from '#domain/transitions.ts';
import { get, patch, post, put, remove } from './http.ts';
import { partnershipVerbs } from './partner-verbs.ts';
import { inAccount } from './session.ts';
import type {
  Account, AccountToken, AccountTokenDone, Attachment, Comment, OnePage, Assignees, AssignInput, AssignPreview, Config, Dashboard, Health, MailCause, MailOriginal,
  OpenSession, Order, Policy, PolicyPreview, SessionUser, Settings, TimelineLine,
} from './types.ts';

export type StepInput = { step: WorkOrderStep; reason?: string; waitingReason?: HoldReason; waitingUntil?: string };
export type AnswerInput = {
  step: 'accept' | 'decline'; contactId?: string; byName?: string; reason?: DeclineReason; note?: string;
  promisedFrom?: string; promisedUntil?: string; isGivenBack?: boolean;
};
export type CommentInput = { visibility: 'shared' | 'internal'; body: string; attachmentIds?: string[]; isPhoneNote?: boolean; clientKey: string };
export type ObserverInput = { userId?: string; partnershipId?: string; email?: string; name?: string; locale?: Locale; choice: NotifyChoice; canComment: boolean };

const order = (id: string, rest: string): string => inAccount(`/work-orders/${id}${rest}`);
const assignment = (id: string, rest: string): string => inAccount(`/assignments/${id}${rest}`);
const held = (id: string, rest: string): string => inAccount(`/to-review/${id}${rest}`);

const signInVerbs = {
  askForPasswordReset: (email: string) => post('/password-resets', { email }),
  accountToken: (token: string) => get<AccountToken>(`/account-tokens/${encodeURIComponent(token)}`),
  useAccountToken: (token: string, input: Record<string, unknown>) =>
    post<AccountTokenDone>(`/account-tokens/${encodeURIComponent(token)}`, input),
  mySessions: () => get<{ data: OpenSession[] }>('/me/sessions'),
  endSession: (id: string) => remove(`/me/sessions/${id}`),
  changeMe: (input: { name?: string; phone?: string | null; locale?: Locale }) => patch<SessionUser>('/me', input),
  changePassword: (input: { current: string; password: string }) => post('/me/password', input),
  config: () => get<Config>('/config'),
};

const accountVerbs = {
  account: (signal?: AbortSignal) => get<Account>(inAccount(''), undefined, signal),
  changeMyNotices: (notifyChoice: NotifyChoice) => patch(inAccount('/me'), { notifyChoice }),
  dashboard: (query: { responsibleUserId?: string; workspaceId?: string }, signal?: AbortSignal) =>
    get<Dashboard>(inAccount('/dashboard'), query, signal),
};

const orderVerbs = {
  stepOrder: (id: string, input: StepInput) => post<Order>(order(id, '/steps'), input),
  timeline: (id: string, page: number) => get<OnePage<TimelineLine>>(order(id, '/timeline'), { page }),
  comments: (id: string, page: number) => get<OnePage<Comment>>(order(id, '/comments'), { page }),
  attachments: (id: string, page: number) => get<OnePage<Attachment>>(order(id, '/attachments'), { page, perPage: 100 }),
  addComment: (id: string, input: CommentInput) => post<Order>(order(id, '/comments'), input, input.clientKey),
  restoreComment: (id: string) => post(inAccount(`/comments/${id}/restoration`)),
  mailOriginal: (inboundMailId: string) => get<MailOriginal>(inAccount(`/inbound-mails/${inboundMailId}/original`)),
  removeAttachment: (id: string) => remove(inAccount(`/attachments/${id}`)),
  addObserver: (id: string, input: ObserverInput) => post<Order>(order(id, '/observers'), input),
  changeObserver: (id: string, input: Partial<ObserverInput> & { isProposed?: boolean }) => patch<Order>(inAccount(`/observers/${id}`), input),
  removeObserver: (id: string) => remove(inAccount(`/observers/${id}`)),
};

const assignmentVerbs = {
  assignees: (q: string, workOrderId: string, signal?: AbortSignal) =>
    get<Assignees>(inAccount('/assignees'), { q, workOrderId }, signal),
  previewAssignment: (id: string, input: AssignInput) => post<AssignPreview>(order(id, '/assignments/preview'), input),
  assign: (id: string, input: AssignInput, key: string) => post<Order>(order(id, '/assignments'), input, key),
  recordAnswer: (id: string, input: AnswerInput) => post<Order>(assignment(id, '/answer'), input),
  withdraw: (id: string, reason: WithdrawReason) => post<Order>(assignment(id, '/withdrawal'), { reason }),
  cancelAssignment: (id: string, reason: string) => post<Order>(assignment(id, '/cancellation'), { reason }),
  undoAcceptance: (id: string) => post<Order>(assignment(id, '/acceptance-undoing'), {}),
  remind: (id: string) => post<Order>(assignment(id, '/reminder'), {}),
  moveDeadline: (id: string, answerBy: string) => post<Order>(assignment(id, '/deadline'), { answerBy }),
  handOn: (id: string, input: { firmId?: string; reason?: string }) => post<Order>(assignment(id, '/hand-on'), input),
  decideDeputy: (id: string, isTaken: boolean) => post<Order>(assignment(id, '/deputy'), { isTaken }),
  decideProposal: (id: string, isTaken: boolean) => post<Order>(assignment(id, '/proposal'), { isTaken }),
  promiseDate: (id: string, input: { promisedFrom: string | null; promisedUntil: string | null }) => post<Order>(assignment(id, '/promised-date'), input),
  renewLink: (id: string) => post<Order>(assignment(id, '/link-renewal'), {}),
};

const mailVerbs = {
  attachHeld: (id: string, input: { workOrderId: string; assignmentId?: string; isAddressTrusted: boolean }) =>
    post<Order>(held(id, '/attachment'), input),
  ticketFromHeld: (id: string, input: { workspaceId: string; title?: string }) => post<Order>(held(id, '/ticket'), input),
  answerHeld: (id: string, body: string) => post(held(id, '/answer'), { body }),
  discardHeld: (id: string, reason?: string) => post(held(id, '/discarding'), reason ? { reason } : {}),
  mailCause: (id: string) => get<MailCause>(inAccount(`/mails/${id}/cause`)),
  decideHeldReminders: (decision: HeldRemindersDecision) => post(inAccount('/held-reminders'), { decision }),
  resendMail: (id: string) => post(inAccount(`/mails/${id}/resending`), {}),
};

const settingsVerbs = {
  settings: () => get<Settings>(inAccount('/settings')),
  changeSettings: (input: Record<string, unknown>) => patch<Settings>(inAccount('/settings'), input),
  policy: () => get<Policy>(inAccount('/escalation-policy')),
  savePolicy: (policy: EscalationPolicy) => put(inAccount('/escalation-policy'), { policy }),
  previewPolicy: (input: { policy?: EscalationPolicy; priority: Priority; start?: string; workspaceId?: string }) =>
    post<PolicyPreview>(inAccount('/escalation-policy/preview'), input),
  pauseMail: (isPaused: boolean) => post(inAccount('/mail-pause'), { isPaused }),
  inviteAgain: (membershipId: string) => post(inAccount(`/users/${membershipId}/invitation`), {}),
  changeMember: (membershipId: string, input: { role: Role; workspaceIds: readonly string[] | null }) =>
    patch(inAccount(`/users/${membershipId}`), input),
  health: () => get<Health>('/operator/health'),
  pauseAllMail: (isPaused: boolean) => post('/operator/mail-pause', { isPaused }),
  decideAllHeldReminders: (decision: HeldRemindersDecision) => post('/operator/held-reminders', { decision }),
};

/** What a person does that is more than writing a record; each is one command of the API. */
export const verbs = { ...signInVerbs, ...accountVerbs, ...orderVerbs, ...assignmentVerbs, ...mailVerbs, ...settingsVerbs, ...partnershipVerbs };
