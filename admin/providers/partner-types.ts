import type { z } from 'zod';
import type { PartnerDashboardRecord } from '#api/dashboard/schema.ts';
import type { AccountsRecord, ClientOrderRow } from '#api/me/accounts-schema.ts';
import type { Colleagues, OwnPartnership as OwnPartnershipRecord } from '#api/partnerships/own-schema.ts';
import type { EndingOrders } from '#api/partnerships/ending-schema.ts';
import type { InvitationPreview as Preview, PartnershipDetails as Details, PartnershipRecord } from '#api/partnerships/schema.ts';
import type { ShareEffects, SharesRecord } from '#api/partnerships/shares-schema.ts';
import type { Locale, ShareScope } from '#domain/statuses.ts';

/** A partner as the client sees it. */
export type Partnership = PartnershipRecord;
export type PartnershipDetails = Details;
export type PartnershipEvent = Details['history'][number];
export type InvitationPreview = z.infer<typeof Preview>;
export type InviteInput = { email: string; name?: string; firmId?: string; company?: string; locale?: Locale; message?: string; workspaceIds: string[] };

export type SharedWorkspace = SharesRecord['workspaces'][number];
export type ShareChange = { workspaceId: string; scope: ShareScope | 'none'; assetIds?: string[] };
export type ShareEffect = z.infer<typeof ShareEffects>['effects'][number];
export type EndingOrder = z.infer<typeof EndingOrders>['orders'][number];
export type OwnEndingDecision = { workOrderId: string; decision: 'finish' | 'give_back' };
export type EndingDecision = { workOrderId: string; decision: 'finish' | 'take_back' | 'hand_on'; firmId?: string };

/** Where somebody may work: own organisations, and clients whose partner one of them is. */
export type Accounts = z.infer<typeof AccountsRecord>;
/** An order in the list of all clients, and in whose account it lies. */
export type ClientOrder = z.infer<typeof ClientOrderRow>;

export type Colleague = z.infer<typeof Colleagues>['data'][number];
export type PassOn = { memberUserId?: string | null; ownReference?: string | null };
/** How a partner works with a client, as its own administrators set it. */
export type OwnPartnership = OwnPartnershipRecord;
export type DispatchRule = { workspaceId: string | null; memberUserId?: string | null; email?: string | null };
/** What waits for a partner in the account of a client. */
export type PartnerDashboard = PartnerDashboardRecord;
