import type { Member } from '#db/users/members.ts';
import type { MemberActor } from '#domain/actors.ts';
import { can } from '#domain/permissions.ts';
import { iso } from '../schema.ts';
import type { MemberRecord } from './schema.ts';

/** A member as their colleagues see them. */
export function presentMember(member: Member, actor: MemberActor): MemberRecord {
  const isManager = can(actor, 'user.manage');
  const isMe = member.userId === actor.userId;
  return {
    id: member.id,
    userId: member.userId,
    name: member.name,
    email: member.email,
    phone: member.phone ?? null,
    locale: member.locale,
    role: member.role,
    workspaceIds: member.workspaceIds ?? null,
    status: member.joinedAt ? 'active' : 'invited',
    invitedAt: iso(member.invitedAt),
    joinedAt: iso(member.joinedAt),
    lastSignedInAt: isManager ? iso(member.lastSignedInAt) : null,
    isMe,
    can: { edit: isManager, remove: isManager && !isMe, inviteAgain: isManager && !member.joinedAt },
  };
}
