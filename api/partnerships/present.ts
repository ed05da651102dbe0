import type { PartnerContact, PartnershipEvent, PartnershipRow } from '#db/partnerships/queries.ts';
import { RESENDABLE } from '#db/partnerships/steer-invitation.ts';
import type { MemberActor } from '#domain/actors.ts';
import { shownStatus } from '#domain/invitation/shown-status.ts';
import { can } from '#domain/permissions.ts';
import { DOORS, type Door } from '#domain/statuses.ts';
import { iso } from '../schema.ts';
import type { PartnershipDetails, PartnershipRecord } from './schema.ts';

/** A partnership or invitation as the client's office sees it. */
export function presentPartnership(row: PartnershipRow, actor: MemberActor): PartnershipRecord {
  const { organisationId: _organisation, round: _round, otherEmailAt: _otherEmailAt, standing, ...rest } = row;
  return {
    ...rest,
    shownStatus: shownStatus(row),
    isFirmBlocked: standing === 'blocked',
    invitedAt: iso(row.invitedAt),
    validUntil: iso(row.validUntil),
    remindedAt: iso(row.remindedAt),
    lastRemindedAt: iso(row.lastRemindedAt),
    bouncedAt: iso(row.bouncedAt),
    acceptedAt: iso(row.acceptedAt),
    closedAt: iso(row.closedAt),
    endedAt: iso(row.endedAt),
    can: mayDo(row, actor),
  };
}

/** The same with everything that its own page shows. */
export function presentDetails(row: PartnershipRow, actor: MemberActor, around: { contact: PartnerContact | null; history: readonly PartnershipEvent[] }): PartnershipDetails {
  const history = around.history.map(({ at, door, ...rest }) => ({ ...rest, data: { ...rest.data }, at: iso(at), door: doorOf(door) }));
  return { ...presentPartnership(row, actor), contact: around.contact, history };
}

function doorOf(door: string): Door {
  return DOORS.find((one) => one === door) ?? 'process';
}

function mayDo(row: PartnershipRow, actor: MemberActor): Record<string, boolean> {
  const subject = { organisationId: row.organisationId };
  const isManager = can(actor, 'partner.manage', subject);
  const isInvited = row.status === 'invited';
  const isAccepted = row.status === 'accepted';
  const isBlocked = row.standing === 'blocked';
  return {
    extend: isManager && isInvited,
    resend: isManager && !isBlocked && !row.isFirmArchived && (RESENDABLE as readonly string[]).includes(row.status),
    withdraw: isManager && isInvited,
    confirmOther: isManager && isInvited && row.otherEmail !== null,
    share: isManager && (isInvited || isAccepted) && row.endedAt === null,
    end: isManager && isAccepted && row.endsOn === null,
    decide: isManager && isAccepted && row.endsOn !== null && row.endedAt === null,
    keep: isManager && isAccepted && row.endsOn !== null && row.endedAt === null && row.endedBySide === 'client',
    assign: isAccepted && row.endedAt === null && !isBlocked && can(actor, 'work_order.assign', subject),
  };
}
