import { Asset } from './assets/entity.ts';
import { AccessLink, Assignment, AssignmentStepRow, DeputyProposal, ReplyAddress } from './assignments/entity.ts';
import { Attachment, Upload } from './attachments/entity.ts';
import { Comment } from './comments/entity.ts';
import { DigestItem, EventRow } from './events/entity.ts';
import { FileRequest } from './file-requests/entity.ts';
import { Firm, FirmContact } from './firms/entity.ts';
import { IdempotencyKey } from './idempotency/entity.ts';
import { InboundMail, MailEvent, MailReference, MailThread, OutboundMail } from './mails/entity.ts';
import { Observer } from './observers/entity.ts';
import { AssetShare, DispatchRule, InternalAssignment, Participation, Partnership, WorkspaceShare } from './partnerships/entity.ts';
import { EscalationPolicyRow, Organisation } from './organisations/entity.ts';
import { Heartbeat, Installation, Outage, OutboxRow, ProcessRow } from './processes/entity.ts';
import { AccountToken, Credential, Membership, Session, User } from './users/entity.ts';
import { WorkOrder, WorkOrderCounter } from './work-orders/entity.ts';
import { Workspace } from './workspaces/entity.ts';

/** Every table that MikroORM knows. */
export const ENTITIES = [
  Organisation, EscalationPolicyRow,
  User, Credential, Membership, Session, AccountToken,
  Workspace, Asset, Firm, FirmContact,
  WorkOrder, WorkOrderCounter, Assignment, AssignmentStepRow, DeputyProposal, AccessLink, ReplyAddress,
  Comment, Attachment, Upload, Observer, FileRequest,
  EventRow, DigestItem, OutboxRow, ProcessRow, Heartbeat, Outage, Installation,
  MailThread, OutboundMail, MailReference, MailEvent, InboundMail,
  IdempotencyKey,
  Partnership, WorkspaceShare, AssetShare, Participation, InternalAssignment, DispatchRule,
];
