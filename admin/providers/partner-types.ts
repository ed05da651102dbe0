import type { AssignmentStatus, Door, Locale, PartnershipStatus, Role, ShareScope } from '#domain/statuses.ts';
import type { Can, OrderRow } from './types.ts';

export type ShownStatus = 'invited' | 'reminded' | 'bounced' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'ending' | 'ended';

/** A partner as the client sees it, in a list. */
export type Partnership = {
  readonly id: string; readonly firmId: string; readonly company: string; readonly status: PartnershipStatus; readonly shownStatus: ShownStatus;
  readonly invitedEmail: string; readonly invitedName: string | null; readonly invitedAt: string; readonly invitedByName: string | null; readonly validUntil: string;
  readonly remindedAt: string | null; readonly lastRemindedAt: string | null; readonly bouncedAt: string | null; readonly acceptedAt: string | null; readonly acceptedByName: string | null;
  readonly closedAt: string | null; readonly declineReason: string | null; readonly otherEmail: string | null; readonly message: string | null; readonly locale: Locale;
  readonly workspaceCount: number; readonly openOrderCount: number; readonly endsOn: string | null; readonly endedAt: string | null; readonly can: Can;
};
export type PartnershipEvent = { readonly name: string; readonly at: string; readonly by: string | null; readonly door: Door; readonly data: Readonly<Record<string, unknown>> };
export type PartnershipDetails = Partnership & {
  readonly partner: { readonly name: string; readonly phone: string | null } | null;
  readonly history: readonly PartnershipEvent[];
};
export type InviteInput = { email: string; name?: string; firmId?: string; company?: string; locale?: Locale; message?: string; workspaceIds: string[] };

export type Share = { readonly scope: ShareScope; readonly isServed: boolean; readonly notServedReason: string | null; readonly assetIds: readonly string[] };
export type SharedWorkspace = {
  readonly workspaceId: string; readonly name: string; readonly shortName: string; readonly address: string | null;
  readonly assetCount: number; readonly sharedAssetCount: number; readonly share: Share | null;
};
export type ShareChange = { workspaceId: string; scope: ShareScope | 'none'; assetIds?: string[] };
export type ShareEffect = {
  readonly workspaceId: string; readonly gained: number; readonly lost: number;
  readonly runningOrders: readonly { readonly id: string; readonly number: string; readonly title: string }[];
};
export type EndingOrder = { readonly id: string; readonly number: string; readonly title: string; readonly workspaceName: string; readonly status: OrderRow['status'] };
export type EndingDecision = { workOrderId: string; decision: 'finish' | 'take_back' | 'hand_on'; firmId?: string };

/** Where somebody may work: own organisations, and clients whose partner one of them is. */
export type Accounts = {
  readonly own: readonly { readonly id: string; readonly name: string; readonly role: Role; readonly openCount: number }[];
  readonly clients: readonly { readonly id: string; readonly name: string; readonly workspaceCount: number; readonly openCount: number; readonly lateCount: number; readonly isEnded: boolean }[];
  readonly invitations: readonly { readonly id: string; readonly clientName: string; readonly validUntil: string }[];
  readonly clientsOpenCount: number;
};

/** What a partner keeps of an order for itself, beside what the client sees. */
export type PartnerSide = {
  readonly assignmentStatus: AssignmentStatus | null; readonly answerBy: string | null; readonly promisedFrom: string | null; readonly promisedUntil: string | null;
  readonly ownPerson: { readonly id: string; readonly name: string } | null; readonly ownReference: string | null;
};
export type ClientOrder = OrderRow & PartnerSide & { readonly account: { readonly id: string; readonly name: string } };
export type Colleague = { readonly id: string; readonly name: string; readonly role: Role };

export type DispatchRule = { readonly workspaceId: string | null; readonly memberUserId: string | null; readonly email: string | null };
export type ServedWorkspace = { readonly workspaceId: string; readonly name: string; readonly isServed: boolean; readonly notServedReason: string | null };
/** The partnership as the partner's own administrators see and set it. */
export type PartnerSettings = {
  readonly showsPeople: boolean; readonly endsOn: string | null; readonly can: Can;
  readonly workspaces: readonly ServedWorkspace[]; readonly dispatchRules: readonly DispatchRule[];
};
