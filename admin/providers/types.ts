import type { z } from 'zod';
import type { AccountRecord } from '#api/accounts/schema.ts';
import type { AssetRecord } from '#api/assets/schema.ts';
import type { Assignees as AssigneesFound, AssignInput as AssignBody, AssignPreview as Preview } from '#api/assignments/schema.ts';
import type { DashboardRecord, OwedAnswer as Owed } from '#api/dashboard/schema.ts';
import type { FirmRecord, StatisticsRecord } from '#api/firms/schema.ts';
import type { MailCauseRecord, MailOriginal as Original, MailRecord, MailRow as MailLine } from '#api/mails/schema.ts';
import type { OwnSessionRecord } from '#api/me/schema.ts';
import type { HealthRecord } from '#api/operator/schema.ts';
import type { PolicyRecord, PreviewRecord, SettingsRecord } from '#api/settings/schema.ts';
import type { AccountTokenDone as TokenDone, AccountTokenRecord, ConfigRecord, SessionRecord } from '#api/sign-in/schema.ts';
import type { PageInfo } from '#api/schema.ts';
import type { HeldMailRecord, HeldMailRow as HeldRow } from '#api/to-review/schema.ts';
import type { MemberRecord } from '#api/users/schema.ts';
import type {
  AssignmentRecord, AttachmentRecord, CommentRecord, ObserverRecord, ProcessPanel as Process, TimelineRecord, WorkOrderRecord, WorkOrderRow,
} from '#api/work-orders/schema.ts';
import type { WorkspaceRecord } from '#api/workspaces/schema.ts';
import type { LiveTopic } from '#domain/events.ts';

/** A page of a list as the API sends it. */
export type OnePage<One> = { readonly data: readonly One[]; readonly pageInfo: z.infer<typeof PageInfo> };

/** What the API answers, by the schemas that it validates with. Moments are ISO strings in UTC, days are `YYYY-MM-DD`. */
export type Can = Readonly<Record<string, boolean>>;
export type Session = SessionRecord;
export type SessionUser = Session['user'];
export type AccountChoice = Session['accounts'][number];
export type OpenSession = z.infer<typeof OwnSessionRecord>;
export type AccountToken = AccountTokenRecord;
export type AccountTokenDone = TokenDone;
export type Config = z.infer<typeof ConfigRecord>;
export type Account = AccountRecord;

export type OrderRow = WorkOrderRow;
export type Order = WorkOrderRecord;
export type Attachment = AttachmentRecord;
export type Comment = CommentRecord;
export type Observer = z.infer<typeof ObserverRecord>;
export type Assignment = AssignmentRecord;
export type ProcessPanel = Process;
export type PlannedLine = Process['planned'][number];
export type ProposedAnswer = NonNullable<Assignment['proposedAnswer']>;
export type Contact = NonNullable<Assignment['contact']>;
export type TimelineLine = TimelineRecord;
export type AssignInput = AssignBody & { sharesWorkspace?: boolean };

export type Firm = FirmRecord;
export type FirmContact = Firm['contacts'][number];
export type FirmStatistics = z.infer<typeof StatisticsRecord>;
export type Workspace = WorkspaceRecord;
export type Asset = AssetRecord;
export type Member = MemberRecord;
export type Settings = SettingsRecord;
export type Policy = z.infer<typeof PolicyRecord>;
export type PolicyPreview = PreviewRecord;
export type Health = z.infer<typeof HealthRecord>;
export type LiveMessage = { readonly topic: LiveTopic; readonly workOrderId?: string | null; readonly name?: string };

export type OwedAnswer = Owed;
export type Dashboard = DashboardRecord;
export type Assignees = AssigneesFound;
export type AssigneeFirm = Assignees['firms'][number];
export type AssignPreview = z.infer<typeof Preview>;

export type HeldMailRow = HeldRow;
export type HeldMail = HeldMailRecord;
export type MailOriginal = Original;
export type MailRow = MailLine;
export type MailDetails = MailRecord;
export type MailCause = MailCauseRecord;
export type UploadAnswer = {
  readonly saved: readonly Attachment[];
  readonly refused: readonly { readonly name: string; readonly code: string; readonly limit?: number | string | null }[];
};
