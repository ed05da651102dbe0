import type { Door, Role } from './statuses.ts';

/** Somebody of the organisation, signed in to the portal (or recording what was said on the phone). */
export type MemberActor = {
  readonly kind: 'member';
  readonly organisationId: string;
  readonly userId: string;
  readonly role: Role;
  /** null = all workspaces. */
  readonly workspaceIds: readonly string[] | null;
};

/**
 * Somebody of a partner organisation in the account of a client: sees shared workspaces and assets, and of orders those
 * where the partner takes part; a technician those that were given to them.
 */
export type PartnerActor = {
  readonly kind: 'partner';
  /** The client's. */
  readonly organisationId: string;
  readonly partnershipId: string;
  readonly partnerOrganisationId: string;
  readonly userId: string;
  /** In the partner's own organisation. */
  readonly role: Role;
  /** The partnership has ended: what remains is the record, to be read only. */
  readonly isEnded: boolean;
};

/** Holder of an invitation's link: reads that invitation and may answer it. */
export type InviteeActor = {
  readonly kind: 'invitee';
  /** The client's. */
  readonly organisationId: string;
  readonly partnershipId: string;
  readonly linkId: string;
};

/** Holder of a public link: it opens one assignment, one observer or one file request and nothing else. */
export type LinkActor = {
  readonly kind: 'link';
  readonly organisationId: string;
  readonly workOrderId: string;
  readonly linkId: string;
  readonly assignmentId: string | null;
  readonly observerId: string | null;
  /** Who says they answer: a known contact, or the name they typed. */
  readonly contactId: string | null;
  readonly otherName: string | null;
};

/** The author of an inbound mail, after matching; what it may do is settled by `mail/matching.ts`. */
export type MailActor = {
  readonly kind: 'mail';
  readonly organisationId: string;
  readonly workOrderId: string;
  readonly assignmentId: string | null;
  readonly observerId: string | null;
  readonly contactId: string | null;
  readonly inboundMailId: string;
  readonly fromAddress: string;
  readonly fromName: string | null;
  /** The partner to whose own matters it speaks: what it says stays with that side. */
  readonly insideOrganisationId?: string | undefined;
};

/** A process acting by rule, inside one organisation. */
export type SystemActor = {
  readonly kind: 'system';
  readonly organisationId: string;
  readonly process: string;
};

/** Who runs the installation: sees health and ids, never a tenant's texts. */
export type OperatorActor = { readonly kind: 'operator'; readonly userId: string };

/** Whoever asks for something; every command and query takes one. */
export type Actor = MemberActor | PartnerActor | InviteeActor | LinkActor | MailActor | SystemActor | OperatorActor;
export type TenantActor = Exclude<Actor, OperatorActor>;

/** Whoever uses the portal: in an own account, or in that of a client. */
export type AccountActor = MemberActor | PartnerActor;

/** What an address names as the account: of a member the organisation, of a partner the partnership. */
export function accountIdOf(actor: AccountActor): string {
  return actor.kind === 'partner' ? actor.partnershipId : actor.organisationId;
}

/** The name that a mail's words and files stand under; who watches by an address alone has none, as others read it. */
export function writtenName({ fromName, fromAddress, observerId }: MailActor): string | null {
  return fromName ?? (observerId ? null : fromAddress);
}

/** The door through which an actor's changes come in; a phone answer is a member's, said so by the command. */
export function doorOf(actor: Actor): Door {
  const doors = { member: 'portal', partner: 'portal', invitee: 'link', link: 'link', mail: 'mail', system: 'process', operator: 'portal' } as const;
  return doors[actor.kind];
}
