import type { StepDelay } from '#domain/escalation/policy.ts';
import type { DayOrMoment } from '#domain/format/dates.ts';
import type { MailCause } from '#domain/mail/mail-cause.ts';
import type { DeclineReason, HoldReason, NotifyChoice, WorkOrderStatus } from '#domain/statuses.ts';
import type { Money } from '../mails/data.ts';
import type { PageWordKey } from './words/words.ts';

/** Every key must be there (strict mode); null where nothing is known: its line falls away. */
export type PageBase = {
  /** null only where the link is unknown. */
  readonly clientName: string | null;
  readonly logoUrl: string | null;
  readonly clientPhone: string | null;
  /** null where the link may not say it. */
  readonly orderNumber: string | null;
  /** `/a/TOKEN`, `/o/TOKEN`, `/f/TOKEN`: all links and forms of the page lie under it. */
  readonly basePath: string;
  /** Path of this page, for the link to the other language. */
  readonly path: string;
  /** Set when `?lang=` was given, so that links and forms keep it. */
  readonly askedLanguage: 'de' | 'en' | null;
  readonly legalLink: string | null;
  readonly privacyLink: string | null;
  readonly timeZone: string;
};

/** A refused input: said at the top (`nothing` was changed) and at its field. */
export type FormFault = { readonly field: string; readonly word: PageWordKey };
type Form = { readonly faults: readonly FormFault[] };

export type FileItem = {
  readonly id: string;
  readonly name: string;
  readonly isPhoto: boolean;
  /** `PDF`, `JPG` */
  readonly typeName: string;
  readonly sizeBytes: number;
  readonly caption: string | null;
};

/** What they need to go there and be paid. */
export type WorkFacts = {
  readonly title: string;
  readonly siteShort: string | null;
  readonly description: string | null;
  /** What the coordinator added for this firm. */
  readonly message: string | null;
  readonly siteAddress: string | null;
  readonly locationText: string | null;
  readonly mapLink: string | null;
  readonly onSiteContact: string | null;
  readonly onSitePhone: string | null;
  readonly onSiteNote: string | null;
  readonly accessNote: string | null;
  readonly dueDate: DayOrMoment | null;
  readonly costLimit: Money | null;
  readonly files: readonly FileItem[];
};
type WithWork = { readonly work: WorkFacts };

/** Fields `contactId` (`other` = the name in `otherName`). With `known`, the form asks nobody and sends that contact. */
export type Who = {
  readonly contacts: readonly { readonly id: string; readonly name: string; readonly role: string | null }[];
  readonly known: { readonly contactId: string | null; readonly name: string } | null;
  readonly contactId: string | null;
  readonly otherName: string;
};

/** Fields `day` (`YYYY-MM-DD`, `unknown`, or `other` = `otherDay`), `from`, `to` (`HH:MM` or empty). */
export type DateForm = Form & {
  readonly days: readonly string[];
  readonly day: string | null;
  readonly otherDay: string;
  readonly from: string;
  readonly to: string;
  /** Earliest day that the picker offers, `YYYY-MM-DD`. */
  readonly earliest: string;
};

type Promised = { readonly promisedFrom: Date | null; readonly promisedTo: Date | null };

/** The page of an order: question, then answer, then what comes next. */
export type OrderPage = PageBase & WithWork & Promised & {
  readonly phase: 'offered' | 'accepted' | 'in_progress' | 'waiting' | 'done';
  /** `date`: under contract, needs no acceptance. */
  readonly wants: 'answer' | 'date';
  readonly answerBy: Date | null;
  readonly isAnswerLate: boolean;
  readonly isEmergency: boolean;
  readonly onCallPhone: string | null;
  readonly acceptedBy: string | null;
  readonly acceptedAt: Date | null;
  /** Given right after accepting. */
  readonly confirmationTo: string | null;
  readonly waitingReason: string | null;
  readonly waitingUntil: DayOrMoment | null;
  /** What a step just did (`?ok=` after the 303). */
  readonly notice: 'accepted' | 'date_saved' | 'no_date' | 'started' | 'held' | 'resumed' | 'message_sent' | 'done' | null;
  /** Ask "done, takes longer, new date, not possible" (mail 12). */
  readonly asksWhetherDone: boolean;
  readonly dateForm: DateForm;
  readonly who: Who;
  readonly messageCount: number;
  readonly coordinatorPhone: string | null;
  /** Steps that the command would take now. */
  readonly can: { readonly start: boolean; readonly hold: boolean; readonly resume: boolean; readonly complete: boolean };
};

type StepPage = PageBase & WithWork & Form & { readonly who: Who; readonly idempotencyKey: string };
export type AcceptPage = StepPage;
export type DeclinePage = StepPage & { readonly reason: DeclineReason | null; readonly otherReason: string };
export type DatePage = PageBase & WithWork & { readonly dateForm: DateForm; readonly who: Who };
/** `isResuming`: work goes on after a hold. */
export type StartPage = StepPage & { readonly isResuming: boolean };
/** Fields `reason`, `otherReason`, `until` (`YYYY-MM-DD` or empty). */
export type HoldPage = StepPage & { readonly reason: HoldReason | null; readonly otherReason: string; readonly until: string; readonly earliest: string };
/** Fields `text`, `files`, `attachmentIds`. */
export type DonePage = StepPage & { readonly text: string; readonly upload: Upload };

export type Message = {
  readonly id: string;
  readonly author: string;
  /** null for the reader's own firm. */
  readonly organisation: string | null;
  readonly isOwn: boolean;
  readonly at: Date;
  readonly text: string | null;
  readonly files: readonly FileItem[];
};

/** The messages of one page, oldest first, and where the others are. */
export type MessagePage = {
  readonly messages: readonly Message[];
  readonly older: { readonly page: number; readonly count: number } | null;
  readonly newer: { readonly page: number } | null;
};

/** What became of each file of the form just sent. */
export type FileResult = { readonly name: string; readonly outcome: 'saved' | 'too_large' | 'wrong_type' | 'empty' | 'failed' };
export type Upload = {
  readonly limitBytes: number;
  /** Where pieces go, `<basePath>/dateien/teile`. */
  readonly piecesPath: string;
  readonly results: readonly FileResult[];
};
/** Fields `text`, `files`, `attachmentIds`, `idempotencyKey`, `contactId`, `otherName`. */
export type MessageForm = Form & {
  readonly who: Who;
  readonly text: string;
  readonly idempotencyKey: string;
  readonly upload: Upload | null;
};

export type ConversationPage = PageBase & WithWork & Promised & MessagePage & {
  readonly status: WorkOrderStatus;
  readonly waitingReason: string | null;
  readonly form: MessageForm;
  readonly isSent: boolean;
};
export type UploadPage = PageBase & WithWork & { readonly form: MessageForm; readonly isSent: boolean };

export type StatusLine = { readonly status: WorkOrderStatus; readonly at: Date | null; readonly state: 'past' | 'now' | 'next' };
/** Forms: `/nachrichten` (text), `/mails` (notify), `/abmelden`. */
export type ObserverPage = PageBase & Promised & MessagePage & {
  readonly title: string;
  readonly place: string | null;
  readonly status: WorkOrderStatus;
  readonly waitingReason: string | null;
  readonly statusLines: readonly StatusLine[];
  readonly mayComment: boolean;
  readonly form: MessageForm;
  readonly notify: NotifyChoice;
  readonly notice: 'message_sent' | 'choice_saved' | 'unsubscribed' | null;
};

/** The one-purpose page for files that were too large for mail. */
export type FileRequestPage = PageBase & {
  readonly missing: readonly { readonly name: string; readonly sizeBytes: number }[];
  readonly uploaded: readonly string[];
  readonly validUntil: Date;
  readonly isComplete: boolean;
  readonly form: MessageForm;
};

/** Why a mail was sent, to whom, and how such mails end. */
export type WhyPage = PageBase & {
  readonly cause: MailCause;
  /** Which of several reminders. */
  readonly number: number | null;
  readonly isObserver: boolean;
  readonly at: Date;
  readonly sentAt: Date | null;
  /** `m•••@firm.example` */
  readonly to: string;
  /** Delay of the escalation rule, while it is known. */
  readonly after: StepDelay | null;
  readonly isAgain: boolean;
  readonly ends: 'answer' | 'work' | 'over' | 'observer' | 'left' | 'files' | 'files_over' | 'visit';
  readonly validUntil: Date | null;
  /** Whether the page that the mail led to may still be opened. */
  readonly hasPage: boolean;
};

/** The page of an invitation: who, what, and the ways to answer. */
export type InvitationPage = PageBase & {
  readonly inviterName: string;
  readonly message: string | null;
  readonly validUntil: Date;
  /** `m•••@firm.example` */
  readonly email: string;
  /** `assetCount` null: all of them. */
  readonly sites: readonly { readonly name: string; readonly assetCount: number | null }[];
  /** Shared besides, since orders of the company run there; no assets. */
  readonly addedSites: readonly string[];
  readonly isKnownContractor: boolean;
  readonly signedInEmail: string | null;
};
/** Fields `reason`, `sure` (`yes`). */
export type InvitationDeclinePage = PageBase & Form & { readonly reason: string };
/** Field `email`. */
export type InvitationOtherPage = PageBase & Form & { readonly email: string };
/** Fields `password`, `name`, `company`, `organisation` (an id or `other`). */
export type InvitationJoinPage = PageBase & Form & {
  /** The invited address has a login, has none, or is signed in. */
  readonly mode: 'sign_in' | 'sign_up' | 'choose';
  readonly email: string;
  readonly signedInEmail: string | null;
  readonly name: string;
  readonly company: string;
  readonly organisation: string | null;
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  /** `Farbwerk, Gerüste Süd`: companies that the reader belongs to and can't accept for. */
  readonly administeredByOthers: string | null;
  readonly minPasswordLength: number;
};
/** Asks for a link to set a new password; `email` is masked. */
export type InvitationPasswordPage = PageBase & { readonly email: string };
/** Where an invitation can't be answered, or was. */
export type InvitationNoticePage = PageBase & {
  readonly kind: 'accepted' | 'declined' | 'withdrawn' | 'expired' | 'old' | 'other_named' | 'requested' | 'password_sent' | 'ended' | 'other_user' | 'why';
  /** Who has accepted, or has invited. */
  readonly name: string | null;
  readonly at: Date | null;
  /** Masked. */
  readonly email: string | null;
  readonly userEmail: string | null;
  readonly accountLink: string | null;
  readonly isOpen: boolean;
  /** What is asked for comes later. */
  readonly isMailPaused: boolean;
};

/** A page that says one thing. Title and place only where the link was genuine and not withdrawn. */
export type NoticePage = PageBase & {
  readonly kind:
    | 'link_expired' | 'link_requested' | 'link_unknown' | 'given_elsewhere' | 'withdrawn' | 'not_answered' | 'cancelled' | 'closed'
    | 'declined' | 'late_answer' | 'already_answered' | 'unsubscribed' | 'error' | 'too_many' | 'in_account';
  readonly title: string | null;
  readonly siteShort: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  /** Whether the order's page may still be opened. */
  readonly hasOrder: boolean;
  /** Where the order is now, for people with an account. */
  readonly accountLink: string | null;
};

export type PageData = {
  readonly order: OrderPage;
  readonly accept: AcceptPage;
  readonly decline: DeclinePage;
  readonly date: DatePage;
  readonly start: StartPage;
  readonly hold: HoldPage;
  readonly done: DonePage;
  readonly conversation: ConversationPage;
  readonly upload: UploadPage;
  readonly observer: ObserverPage;
  readonly 'file-request': FileRequestPage;
  readonly notice: NoticePage;
  readonly why: WhyPage;
  readonly invitation: InvitationPage;
  readonly 'invitation-decline': InvitationDeclinePage;
  readonly 'invitation-other': InvitationOtherPage;
  readonly 'invitation-join': InvitationJoinPage;
  readonly 'invitation-password': InvitationPasswordPage;
  readonly 'invitation-notice': InvitationNoticePage;
};
export type PageName = keyof PageData;
