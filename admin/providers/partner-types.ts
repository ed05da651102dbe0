import type { PartnershipDetails as Details, PartnershipRecord } from '#api/partnerships/schema.ts';
import type { AssignmentStatus, Locale, Role, ShareScope } from '#domain/statuses.ts';
import type { Can, OrderRow } from './types.ts';

export type Partnership = PartnershipRecord;
export type PartnershipDetails = Details;
export type PartnershipEvent = Details['history'][number];
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
