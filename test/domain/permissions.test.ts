import { describe, expect, test } from '@jest/globals';
import type { Actor, LinkActor, MailActor, MemberActor, PartnerActor } from '#domain/actors.ts';
import { ACTIONS, can, canAnswer, isOpenTo, PARTNER_PERMISSIONS, performersOf, PERMISSIONS, type MemberAction, type PartnerAction, type Subject } from '#domain/permissions.ts';
import { ROLES, type Role } from '#domain/statuses.ts';

const OURS = 'organisation-ours';
const THEIRS = 'organisation-theirs';
const ME = 'user-me';

const member = (role: Role, workspaceIds: readonly string[] | null = null): MemberActor => ({ kind: 'member', organisationId: OURS, userId: ME, role, workspaceIds });
const link: LinkActor = { kind: 'link', organisationId: OURS, workOrderId: 'o', linkId: 'l', assignmentId: 'a', observerId: null, contactId: null, otherName: null };
const mail: MailActor = { kind: 'mail', organisationId: OURS, workOrderId: 'o', assignmentId: 'a', observerId: null, contactId: null, inboundMailId: 'm', fromAddress: 'x@y.test', fromName: null };
const subject: Subject = { organisationId: OURS, workspaceId: 'w1' };

/** Written down a second time, by hand: who may do what in the portal; `own` = what is theirs. */
const MATRIX: Record<MemberAction, [admin: string, coordinator: string, technician: string]> = {
  'account.read': ['yes', 'yes', 'yes'],
  'own_membership.change': ['yes', 'yes', 'yes'],
  'dashboard.read': ['yes', 'yes', 'yes'],
  'work_order.create': ['yes', 'yes', 'yes'],
  'work_order.read': ['yes', 'yes', 'own'],
  'work_order.edit': ['yes', 'yes', 'no'],
  'work_order.step': ['yes', 'yes', 'own'],
  'work_order.assign': ['yes', 'yes', 'no'],
  'assignment.steer': ['yes', 'yes', 'no'],
  'assignment.answer': ['yes', 'yes', 'own'],
  'comment.write': ['yes', 'yes', 'own'],
  'comment.restore': ['yes', 'yes', 'own'],
  'attachment.write': ['yes', 'yes', 'own'],
  'observer.manage': ['yes', 'yes', 'no'],
  'observer.add': ['yes', 'yes', 'own'],
  'observer.choose': ['yes', 'yes', 'own'],
  'workspace.read': ['yes', 'yes', 'yes'],
  'workspace.manage': ['yes', 'no', 'no'],
  'asset.read': ['yes', 'yes', 'yes'],
  'asset.manage': ['yes', 'yes', 'no'],
  'firm.read': ['yes', 'yes', 'no'],
  'firm.manage': ['yes', 'yes', 'no'],
  'partner.read': ['yes', 'yes', 'no'],
  'partner.manage': ['yes', 'no', 'no'],
  'to_review.read': ['yes', 'yes', 'no'],
  'to_review.decide': ['yes', 'yes', 'no'],
  'own_mail.read': ['yes', 'yes', 'yes'],
  'inbound_mail.read': ['yes', 'yes', 'own'],
  'mail_log.read': ['yes', 'yes', 'no'],
  'mail_log.resend': ['yes', 'yes', 'no'],
  'reminders.decide': ['yes', 'yes', 'no'],
  'user.read': ['yes', 'yes', 'yes'],
  'user.manage': ['yes', 'no', 'no'],
  'settings.read': ['yes', 'yes', 'no'],
  'settings.manage': ['yes', 'no', 'no'],
};

/** The same for a partner's people in the account of a client; what is missing does not exist there. */
const PARTNER_MATRIX: Record<PartnerAction, [admin: string, coordinator: string, technician: string]> = {
  'account.read': ['yes', 'yes', 'yes'],
  'dashboard.read': ['yes', 'yes', 'yes'],
  'work_order.read': ['yes', 'yes', 'yes'],
  'work_order.step': ['yes', 'yes', 'yes'],
  'assignment.answer': ['yes', 'yes', 'yes'],
  'assignment.pass_on': ['yes', 'yes', 'no'],
  'comment.write': ['yes', 'yes', 'yes'],
  'attachment.write': ['yes', 'yes', 'yes'],
  'observer.choose': ['yes', 'yes', 'no'],
  'workspace.read': ['yes', 'yes', 'yes'],
  'asset.read': ['yes', 'yes', 'yes'],
  'own_mail.read': ['yes', 'yes', 'yes'],
  'own_partnership.read': ['yes', 'yes', 'no'],
  'own_partnership.manage': ['yes', 'no', 'no'],
};
const MEMBER_ACTIONS = Object.keys(PERMISSIONS) as MemberAction[];
const partner = (role: Role, isEnded = false): PartnerActor => ({ kind: 'partner', organisationId: OURS, partnershipId: 'p', partnerOrganisationId: 'partner', userId: ME, role, isEnded });

test('the matrices name every action', () => {
  expect(Object.keys(MATRIX).toSorted()).toEqual(MEMBER_ACTIONS.toSorted());
  expect(Object.keys(PARTNER_MATRIX).toSorted()).toEqual(Object.keys(PARTNER_PERMISSIONS).toSorted());
  expect([...ACTIONS].toSorted()).toEqual([...new Set([...MEMBER_ACTIONS, ...Object.keys(PARTNER_PERMISSIONS)])].toSorted());
});

describe('every action × role of a partner', () => {
  for (const action of ACTIONS) {
    ROLES.forEach((role, at) => {
      const grant = action in PARTNER_MATRIX ? PARTNER_MATRIX[action as PartnerAction][at] : 'no';
      test(`${role}: ${action} ${grant}`, () => {
        expect(can(partner(role), action)).toBe(grant === 'yes');
        expect(can(partner(role), action, subject)).toBe(grant === 'yes');
        expect(can(partner(role), action, { ...subject, organisationId: THEIRS })).toBe(false);
        expect(can(partner(role, true), action)).toBe(grant === 'yes' && action.endsWith('.read'));
        expect(isOpenTo(partner(role), action)).toBe(action in PARTNER_MATRIX);
        expect(isOpenTo(member(role), action)).toBe(action in MATRIX);
      });
    });
  }
});

test('a technician of a partner answers only for what its office accepted and gave to them', () => {
  const given = { status: 'accepted', partnershipId: 'p', personUserId: ME } as const;
  expect(canAnswer(partner('technician'), given, subject)).toBe(true);
  expect(canAnswer(partner('technician'), { ...given, status: 'offered' }, subject)).toBe(false);
  expect(canAnswer(partner('technician'), { ...given, status: 'done' }, subject)).toBe(false);
  expect(canAnswer(partner('technician'), { ...given, personUserId: 'else' }, subject)).toBe(false);
  expect(canAnswer(partner('technician'), { ...given, personUserId: null }, subject)).toBe(false);
  expect(canAnswer(partner('technician'), { ...given, partnershipId: 'other' }, subject)).toBe(false);
  expect(canAnswer(partner('technician', true), given, subject)).toBe(false);
});

test('a partner is the assignee of what it has accepted, answers for its own assignment, and neither after its end', () => {
  const accepted: Subject = { ...subject, assigneePartnershipIds: ['p'] };
  expect(performersOf(partner('technician'), accepted)).toEqual(['assignee']);
  expect(performersOf(partner('admin'), { ...subject, assigneePartnershipIds: ['other'] })).toEqual([]);
  expect(performersOf(partner('admin', true), accepted)).toEqual([]);
  expect(canAnswer(partner('coordinator'), { status: 'offered', partnershipId: 'p' }, subject)).toBe(true);
  expect(canAnswer(partner('coordinator'), { status: 'offered', partnershipId: 'other' }, subject)).toBe(false);
  expect(canAnswer(partner('coordinator', true), { status: 'accepted', partnershipId: 'p' }, subject)).toBe(false);
});

describe('every action × role', () => {
  for (const action of MEMBER_ACTIONS) {
    ROLES.forEach((role, at) => {
      const grant = MATRIX[action][at];
      test(`${role}: ${action} ${grant}`, () => {
        const actor = member(role);
        expect(can(actor, action)).toBe(grant !== 'no');
        expect(can(actor, action, subject)).toBe(grant === 'yes');
        for (const own of [{ reporterUserId: ME }, { assigneeUserIds: [ME] }, { observerUserIds: [ME] }]) {
          expect(can(actor, action, { ...subject, ...own })).toBe(grant !== 'no');
        }
        expect(can(actor, action, { ...subject, reporterUserId: 'else', assigneeUserIds: ['else'], observerUserIds: ['else'] })).toBe(grant === 'yes');
      });
    });
  }
});

test.each(ROLES)('a %s of one organisation may do nothing in another one, also to what names them', (role) => {
  for (const action of ACTIONS) {
    expect(can(member(role), action, { organisationId: THEIRS, reporterUserId: ME, assigneeUserIds: [ME], observerUserIds: [ME] })).toBe(false);
  }
});

test.each(ROLES)('a %s who is held to workspaces may do nothing in others, also to what is theirs', (role) => {
  for (const action of ACTIONS) {
    expect(can(member(role, ['w2']), action, { ...subject, assigneeUserIds: [ME] })).toBe(false);
    expect(can(member(role, []), action, { ...subject, assigneeUserIds: [ME] })).toBe(false);
    expect(can(member(role, ['w1']), action, { ...subject, assigneeUserIds: [ME] })).toBe(can(member(role), action, { ...subject, assigneeUserIds: [ME] }));
  }
});

const OUTSIDERS: readonly [string, Actor][] = [['link', link], ['mail', mail], ['operator', { kind: 'operator', userId: ME }]];
test.each(OUTSIDERS)('a %s has no permission of the portal: what it may do is in its own commands', (_name, actor) => {
  for (const action of ACTIONS) {
    expect(can(actor, action)).toBe(false);
    expect(can(actor, action, { ...subject, reporterUserId: ME, assigneeUserIds: [ME] })).toBe(false);
  }
});

test('a process acts inside its one organisation only', () => {
  const system: Actor = { kind: 'system', organisationId: OURS, process: 'p' };
  for (const action of ACTIONS) {
    expect(can(system, action, subject)).toBe(true);
    expect(can(system, action, { organisationId: THEIRS })).toBe(false);
  }
});

test('the office takes down answers for everybody, a technician answers for themselves only', () => {
  const mine = { ...subject, assigneeUserIds: [ME] };
  expect(canAnswer(member('coordinator'), { status: 'offered', memberUserId: null }, mine)).toBe(true);
  expect(canAnswer(member('technician'), { status: 'offered', memberUserId: ME }, mine)).toBe(true);
  expect(canAnswer(member('technician'), { status: 'offered', memberUserId: 'else' }, mine)).toBe(false);
  expect(canAnswer(member('technician'), { status: 'offered', memberUserId: null }, mine)).toBe(false);
  expect(canAnswer(member('technician'), { status: 'offered', memberUserId: ME }, subject)).toBe(false);
  expect(canAnswer(link, { status: 'offered', memberUserId: null }, mine)).toBe(false);
});

test('as whom an actor makes steps: by role, as assignee where the work is theirs, as a process', () => {
  expect(performersOf(member('technician'), subject)).toEqual(['technician']);
  expect(performersOf(member('technician'), { ...subject, assigneeUserIds: [ME] })).toEqual(['technician', 'assignee']);
  expect(performersOf(member('coordinator'), subject)).toEqual(['coordinator']);
  expect(performersOf(link, subject)).toEqual(['assignee']);
  expect(performersOf({ ...link, assignmentId: null, observerId: 'o' }, subject)).toEqual([]);
  expect(performersOf(mail, subject)).toEqual(['assignee']);
  expect(performersOf({ ...mail, assignmentId: null }, subject)).toEqual([]);
  expect(performersOf({ kind: 'system', organisationId: OURS, process: 'p' }, subject)).toEqual(['process']);
  expect(performersOf({ kind: 'operator', userId: ME }, subject)).toEqual([]);
});
