import { get, patch, post, put } from './http.ts';
import type {
  Accounts, ClientOrder, Colleague, DispatchRule, EndingDecision, EndingOrder, InvitationPreview, InviteInput, OwnEndingDecision, OwnPartnership, PartnerDashboard, PartnershipDetails, PassOn, ShareChange, SharedWorkspace, ShareEffect,
} from './partner-types.ts';
import { inAccount } from './session.ts';
import type { OnePage, Order } from './types.ts';

const partnership = (id: string, rest = ''): string => inAccount(`/partnerships/${id}${rest}`);
const own = (rest = ''): string => inAccount(`/partnership${rest}`);

export type ClientOrdersQuery = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a client does with its partners. */
const clientVerbs = {
  partnership: (id: string, signal?: AbortSignal) => get<PartnershipDetails>(partnership(id), undefined, signal),
  invitePartner: (input: InviteInput, key: string) => post<PartnershipDetails>(inAccount('/partnerships'), input, key),
  previewInvitation: (input: InviteInput) => post<InvitationPreview>(inAccount('/partnerships/preview'), input),
  extendInvitation: (id: string, validUntil: string) => post<PartnershipDetails>(partnership(id, '/extend'), { validUntil }),
  resendInvitation: (id: string, email?: string) => post<PartnershipDetails>(partnership(id, '/resend'), email ? { email } : {}),
  withdrawInvitation: (id: string, reason?: string) => post<PartnershipDetails>(partnership(id, '/withdraw'), reason ? { reason } : {}),
  decideOtherAddress: (id: string, isConfirmed: boolean) => post<PartnershipDetails>(partnership(id, '/other-address'), { isConfirmed }),
  shares: (id: string, signal?: AbortSignal) => get<{ workspaces: SharedWorkspace[] }>(partnership(id, '/shares'), undefined, signal),
  saveShares: (id: string, workspaces: readonly ShareChange[], takeBack: readonly string[]) => put<{ workspaces: SharedWorkspace[] }>(partnership(id, '/shares'), { workspaces, takeBack }),
  previewShares: (id: string, workspaces: readonly ShareChange[]) => post<{ effects: ShareEffect[] }>(partnership(id, '/shares/preview'), { workspaces }),
  ending: (id: string) => get<{ orders: EndingOrder[] }>(partnership(id, '/ending')),
  endPartnership: (id: string, input: { endsOn: string; reason?: string; orders: EndingDecision[] }) => post<PartnershipDetails>(partnership(id, '/end'), input),
  decideOnOrders: (id: string, orders: readonly EndingDecision[]) => post<PartnershipDetails>(partnership(id, '/ending'), { orders }),
  keepPartnership: (id: string) => post<PartnershipDetails>(partnership(id, '/keep'), {}),
};

/** What a partner does in the account of a client. */
const partnerVerbs = {
  partnerDashboard: (signal?: AbortSignal) => get<PartnerDashboard>(inAccount('/dashboard'), undefined, signal),
  colleagues: () => get<{ data: Colleague[] }>(inAccount('/colleagues')),
  passOn: (assignmentId: string, input: PassOn) => put<Order>(inAccount(`/assignments/${assignmentId}/internal`), input),
  ownPartnership: () => get<OwnPartnership>(own()),
  showPeople: (showsPeople: boolean) => patch<OwnPartnership>(own(), { showsPeople }),
  saveServed: (workspaces: readonly { workspaceId: string; isServed: boolean; reason?: string }[]) => put(own('/served'), { workspaces }),
  saveDispatchRules: (rules: readonly DispatchRule[]) => put<OwnPartnership>(own('/dispatch-rules'), { rules }),
  ownEnding: () => get<{ orders: EndingOrder[] }>(own('/ending')),
  endAsPartner: (input: { endsOn: string; reason?: string; orders: OwnEndingDecision[] }) => post<OwnPartnership>(own('/end'), input),
  keepAsPartner: () => post<OwnPartnership>(own('/keep'), {}),
};

/** What concerns the user in all accounts. */
const userVerbs = {
  accounts: (signal?: AbortSignal) => get<Accounts>('/me/accounts', undefined, signal),
  clientOrders: (query: ClientOrdersQuery, signal?: AbortSignal) => get<OnePage<ClientOrder>>('/me/orders', query, signal),
  sendInvitationLink: (id: string) => post(`/me/invitations/${id}/send-link`, {}),
};

export const partnershipVerbs = { ...clientVerbs, ...partnerVerbs, ...userVerbs };
