import type { Currency } from '#domain/format/amounts.ts';
import type { StepAction } from '#domain/escalation/plan.ts';
import type { DayOrMoment } from '#domain/format/dates.ts';
import type { NotifyChoice, Priority, Role, WithdrawReason, WorkOrderKind, WorkOrderStatus } from '#domain/statuses.ts';

export type { MailName } from '#domain/words/mail-names.ts';

export type Money = { readonly cents: number; readonly currency: Currency };

/** Who writes to whom; every key must be there (strict mode), null where nothing is known: its line falls away. */
export type MailBase = {
  readonly contactName: string | null;
  readonly clientName: string;
  readonly coordinatorName: string | null;
  readonly coordinatorPhone: string | null;
  readonly legalFooter: string | null;
  /** The reader works on it in the portal: their link is no secret one, and nothing is to be done without signing in. */
  readonly hasAccount: boolean;
  readonly whyLink: string | null;
  readonly privacyLink: string | null;
  readonly logo: { readonly url: string; readonly width: number; readonly height: number } | null;
  /** Subject of the thread's first mail; null in that first mail, which fixes it. */
  readonly threadSubject: string | null;
  /** IANA name of the site's time zone, for all dates of the mail. */
  readonly timeZone: string;
};

export type OrderWords = { readonly orderNumber: string; readonly title: string; readonly siteShort: string | null };
type Order = MailBase & OrderWords;
type Site = { readonly siteAddress: string | null };
type AnswerWanted = { readonly answerBy: Date; readonly orderLink: string };
type Promised = { readonly promisedFrom: Date | null; readonly promisedTo: Date | null };
type Invoice = { readonly billingRecipient: string | null; readonly invoiceEmail: string | null };

export type AssignmentMail = Order & Site & AnswerWanted & Invoice & {
  readonly kind: WorkOrderKind;
  /** `date`: under contract, needs no acceptance. `quote`: an offer first. */
  readonly wants: 'answer' | 'date' | 'quote';
  readonly isEmergency: boolean;
  readonly onCallPhone: string | null;
  /** Number of the earlier order whose defect this is, under warranty. */
  readonly earlierOrderNumber: string | null;
  readonly areSeveralAsked: boolean;
  readonly description: string | null;
  /** What the coordinator adds for this firm. */
  readonly message: string | null;
  readonly locationText: string | null;
  readonly onSiteContact: string | null;
  readonly onSitePhone: string | null;
  readonly accessNote: string | null;
  readonly dueDate: DayOrMoment | null;
  readonly costLimit: Money | null;
  readonly fileCount: number;
  readonly uploadLink: string;
};

export type ReminderMail = Order & Site & AnswerWanted;
/** `handsOn`: the policy gives the work to another firm afterwards. */
export type LastReminderMail = ReminderMail & { readonly handsOn: boolean };
export type WithdrawalMail = Order & { readonly reason: WithdrawReason; readonly answerBy: Date | null };
/** Of a partner, this mail is the record of what was agreed: the portal no longer shows it the order. */
export type CancellationMail = Order & Site & Promised & { readonly reason: string; readonly acceptedAt: Date | null; readonly acceptedBy: string | null };
/** Told to all who know of the work, where not all may answer for it: a partner's technician reads it and does not. */
type MayAnswer = { readonly mayAnswer: boolean };
export type AcceptanceUndoneMail = Order & AnswerWanted & MayAnswer & { readonly reason: string | null };

export type DigestChange = {
  readonly at: Date;
  readonly who: string;
  /** The event in words (`words.event`), null for a plain message. */
  readonly what: string | null;
  readonly text: string | null;
};
/** What is new of one order, for one reader. */
export type OrderNews = Promised & {
  readonly changes: readonly DigestChange[];
  readonly newFileCount: number;
  /** Only when it is new. */
  readonly status: WorkOrderStatus | null;
  readonly waitingReason: string | null;
};
export type CommentDigestMail = Order & OrderNews & {
  readonly audience: 'contractor' | 'coordinator' | 'observer';
  readonly orderLink: string;
  readonly observerLink: string | null;
};

/** To somebody from outside who is kept informed from now on. */
export type ObserverAddedMail = Order & Site & {
  /** Who of the client had them kept informed. */
  readonly byName: string | null;
  readonly choice: NotifyChoice;
  readonly mayComment: boolean;
  readonly status: WorkOrderStatus;
  readonly waitingReason: string | null;
  readonly orderLink: string;
  readonly observerLink: string;
};

/** For those of the organisation who want news once a day, over all orders. */
export type DailyDigestMail = MailBase & {
  readonly day: Date;
  readonly orders: readonly (OrderWords & OrderNews & { readonly orderLink: string })[];
};

export type FileTooLargeMail = Order & {
  readonly isReminder: boolean;
  readonly files: readonly { readonly name: string; readonly sizeBytes: number }[];
  readonly uploadLimitBytes: number;
  readonly uploadLink: string;
  readonly validUntil: Date;
};
export type CouldNotMatchMail = MailBase & {
  readonly originalSubject: string;
  readonly receivedAt: Date;
  readonly clientPhone: string | null;
};
/** What a person of the organisation answers to a mail that belongs to no order. */
export type AnswerMail = MailBase & { readonly originalSubject: string; readonly body: string };

export type EscalationMail = Order & Site & {
  /** `not_sent`: it never left us; `nobody_reached`: the firm has nobody left to be written to. */
  readonly cause: 'no_answer' | 'bounce' | 'not_sent' | 'nobody_reached';
  /** Where admins are told, the responsible and when they were told. */
  readonly responsibleName: string | null;
  readonly toldAt: Date | null;
  readonly firmName: string;
  readonly firmEmail: string | null;
  readonly firmPhone: string | null;
  readonly onCallPhone: string | null;
  readonly deliveredAt: Date | null;
  readonly reminderCount: number;
  readonly bounceReason: string | null;
  readonly priority: Priority;
  readonly dueDate: DayOrMoment | null;
  /** Null where it has answered already. */
  readonly recordAnswerLink: string | null;
  readonly nextFirmName: string | null;
  readonly handOnLink: string | null;
  readonly extendLink: string | null;
  readonly nextStepAt: Date | null;
  readonly nextStep: StepAction | null;
};
export type LateAcceptanceMail = Order & Site & {
  readonly firmName: string;
  readonly answeredBy: string | null;
  readonly answeredAt: Date;
  readonly answerBy: Date;
  readonly orderLink: string;
};

export type AcceptanceConfirmedMail = Order & Promised & {
  readonly acceptedBy: string;
  readonly acceptedAt: Date;
  readonly orderLink: string;
};
export type DeclineConfirmedMail = Order & {
  readonly declinedBy: string;
  readonly declinedAt: Date;
  readonly reason: string | null;
};
export type AnswerForwardedMail = Order;
export type StepRefusedMail = Order & {
  readonly cause: 'given_to_other' | 'answered_by_colleague' | 'accepted_already' | 'no_longer_needed' | 'closed' | 'not_possible';
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly orderLink: string | null;
};
export type DateChangedMail = Order & Site & Promised & MayAnswer & {
  /** The new dates; only what has changed, the rest null. */
  readonly answerBy: Date | null;
  readonly dueDate: DayOrMoment | null;
  readonly orderLink: string;
};
/** The promised evening, or the due date passed without a report. */
export type DoneQuestionMail = Order & { readonly orderLink: string };
/** A partner took the work, and nobody of it was named for it. */
export type NudgeMail = Order & Site & Promised & { readonly dueDate: DayOrMoment | null; readonly orderLink: string };
/** To the partner's own person whom the work was given to, or (`isGiven` false) taken from again; and to whoever hands work out there, of one whom no mail reached (`unreached`). */
export type InternalAssignmentMail = Order & Site & Promised & {
  readonly isGiven: boolean;
  /** Until then there is nothing to do but to know of it. */
  readonly isAccepted: boolean;
  readonly unreached: { readonly name: string; readonly email: string } | null;
  readonly byName: string;
  readonly ownReference: string | null;
  readonly description: string | null;
  readonly locationText: string | null;
  readonly onSiteContact: string | null;
  readonly onSitePhone: string | null;
  readonly accessNote: string | null;
  readonly dueDate: DayOrMoment | null;
  readonly orderLink: string;
};
/** To the contact on site, the day before. */
export type OnSiteNoticeMail = Order & Site & {
  readonly promisedFrom: Date;
  readonly promisedTo: Date | null;
  readonly firmName: string;
  readonly firmPhone: string | null;
  readonly locationText: string | null;
  readonly accessNote: string | null;
};
export type ClosedMail = Order & Invoice & { readonly orderLink: string; readonly validUntil: Date | null };
export type NewLinkMail = Order & { readonly orderLink: string };
/** Goes to a login, of which no time zone is known: how long the link works is said as a duration. */
export type ResetPasswordMail = MailBase & { readonly resetLink: string; readonly validHours: number };
export type UserInvitationMail = MailBase & {
  readonly inviterName: string;
  readonly invitedEmail: string;
  readonly role: Role;
  readonly invitationLink: string;
  readonly validUntil: Date;
};

/** To a company that is to become a partner. */
export type PartnerInvitationMail = MailBase & {
  /** `new_link`: asked for by the invitee. */
  readonly kind: 'first' | 'reminder' | 'new_link';
  readonly inviterName: string;
  /** What the inviter adds. */
  readonly message: string | null;
  readonly workspaceNames: string | null;
  readonly invitationLink: string;
  readonly validUntil: Date;
  readonly invitedEmail: string;
  /** Orders by e-mail are running with this company. */
  readonly isKnownContractor: boolean;
};
export type InvitationWithdrawnMail = MailBase & {
  readonly invitedAt: Date;
  readonly reason: string | null;
  readonly isKnownContractor: boolean;
};
/** To whoever has invited; of the facts only those of the outcome are known. */
export type InvitationAnsweredMail = MailBase & {
  readonly outcome: 'accepted' | 'declined' | 'expired' | 'bounced' | 'other_address' | 'asked_again' | 'withdrawn';
  readonly partnerName: string;
  readonly invitedEmail: string;
  readonly invitedAt: Date;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly reason: string | null;
  readonly otherEmail: string | null;
  readonly workspaceNames: string | null;
  /** Shared because orders of the partner run there. */
  readonly addedWorkspaceNames: string | null;
  /** Orders by e-mail that go on in the partner's account. */
  readonly orderCount: number;
  readonly partnerLink: string;
};

/** That a partnership ends, goes on after all, or that its last day is over; to either side. */
export type PartnershipEndingMail = MailBase & {
  readonly news: 'announced' | 'kept' | 'over';
  readonly isPartner: boolean;
  /** The other side. */
  readonly otherName: string;
  /** Who of the reader's own side has done it; null where the other side has, or nobody. */
  readonly colleagueName: string | null;
  readonly endsOn: DayOrMoment | null;
  readonly reason: string | null;
  /** Orders that are still being finished. */
  readonly runningCount: number;
  /** Requests without an answer that have gone back to the client. */
  readonly returnedCount: number;
  readonly partnerLink: string;
};

/** The data of every mail, by its name. */
export type MailData = {
  readonly assignment: AssignmentMail;
  readonly reminder: ReminderMail;
  readonly 'last-reminder': LastReminderMail;
  readonly withdrawal: WithdrawalMail;
  readonly cancellation: CancellationMail;
  readonly 'acceptance-undone': AcceptanceUndoneMail;
  readonly 'observer-added': ObserverAddedMail;
  readonly 'comment-digest': CommentDigestMail;
  readonly 'daily-digest': DailyDigestMail;
  readonly 'file-too-large': FileTooLargeMail;
  readonly 'could-not-match': CouldNotMatchMail;
  readonly answer: AnswerMail;
  readonly escalation: EscalationMail;
  readonly 'late-acceptance': LateAcceptanceMail;
  readonly 'acceptance-confirmed': AcceptanceConfirmedMail;
  readonly 'decline-confirmed': DeclineConfirmedMail;
  readonly 'answer-forwarded': AnswerForwardedMail;
  readonly 'step-refused': StepRefusedMail;
  readonly 'date-changed': DateChangedMail;
  readonly 'done-question': DoneQuestionMail;
  readonly nudge: NudgeMail;
  readonly 'internal-assignment': InternalAssignmentMail;
  readonly 'on-site-notice': OnSiteNoticeMail;
  readonly closed: ClosedMail;
  readonly 'new-link': NewLinkMail;
  readonly 'reset-password': ResetPasswordMail;
  readonly 'user-invitation': UserInvitationMail;
  readonly 'partner-invitation': PartnerInvitationMail;
  readonly 'invitation-withdrawn': InvitationWithdrawnMail;
  readonly 'invitation-answered': InvitationAnsweredMail;
  readonly 'partnership-ending': PartnershipEndingMail;
};
