import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { acceptInvitation } from '#db/partnerships/accept-invitation.ts';
import { mintInvitationLink } from '#db/partnerships/invitation-links.ts';
import { invitePartner } from '#db/partnerships/invite.ts';
import { emFor, systemEm } from '#db/orm.ts';
import { AccessLink } from '#db/assignments/entity.ts';
import type { InviteeActor, MemberActor } from '#domain/actors.ts';
import { askPainter, as, fixture, NOW, openMailStage, withHeaders, type AskedByMail, type Json, type MailStage } from './stage.ts';

const PASSWORD_HASH = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Zm9yZ2VkaGFzaGZvcmdlZGhhc2hmb3JnZWRoYXNo';
let stage: MailStage;
let painter: AskedByMail;
let partnershipId: string;

/** The painter of the fixtures was asked by mail, and has become a partner since. */
beforeAll(async () => {
  stage = await openMailStage();
  painter = await askPainter(stage);
  const admin: MemberActor = { ...stage.coordinator, userId: stage.cast.admin.user.id, role: 'admin' };
  const input = { email: painter.contact.email, firmId: painter.firm.id, workspaceIds: [] };
  const partnership = await as(stage.orm, admin, (em) => invitePartner(em, admin, input, NOW));
  partnershipId = partnership.id;
  const invitee = await systemEm(stage.orm, partnership.organisationId).transactional(async (em): Promise<InviteeActor> => {
    mintInvitationLink(em, partnership, partnership.id, NOW);
    await em.flush();
    const link = await em.findOneOrFail(AccessLink, { partnershipId });
    return { kind: 'invitee', organisationId: partnership.organisationId, partnershipId, linkId: link.id };
  });
  const user = { name: 'Peter Kern', passwordHash: PASSWORD_HASH, locale: 'de-DE' as const };
  await emFor(stage.orm, invitee).transactional((em) => acceptInvitation(em, invitee, { user, organisation: { name: 'Maler Kern GmbH' } }, NOW));
});
afterAll(() => stage?.close());

function fromPainter(body: string): Json {
  const { email, name } = painter.contact;
  const json = fixture('gmail-accept', { From: email, FromName: name, FromFull: { Email: email, Name: name, MailboxHash: '' }, TextBody: body, HtmlBody: '', StrippedTextReply: body });
  return withHeaders(json, { 'Received-SPF': `pass (allowed) envelope-from=${email}`, 'X-Spam-Tests': 'DKIM_SIGNED,DKIM_VALID,DKIM_VALID_AU,SPF_PASS', 'Message-ID': `<${body.length}@kern.example>` });
}

test('a reply to a mail from before still reaches the order, of the firm\'s side and in its contact\'s name', async () => {
  await stage.receive(fromPainter('Wir kommen am Montag vorbei.'));
  expect(await stage.query('select body, visibility, assignment_id, author_contact_id from comments')).toEqual([
    { body: 'Wir kommen am Montag vorbei.', visibility: 'shared', assignment_id: painter.assignment.id, author_contact_id: painter.contact.id },
  ]);
});

test('an agreed word in it still makes the step', async () => {
  await stage.receive(fromPainter('ANNEHMEN'));
  expect(await stage.query('select status, kind, partnership_id, answered_by_contact_id, answer_door from assignments')).toEqual([
    { status: 'accepted', kind: 'partner', partnership_id: partnershipId, answered_by_contact_id: painter.contact.id, answer_door: 'mail' },
  ]);
});

test('nobody is told by their login what they wrote as the contact they were', async () => {
  const [login] = await stage.query<{ id: string }>('select id from users where email = $1', [painter.contact.email]);
  expect(login).toBeDefined();
  const told = await stage.query<{ recipient: string }>(`select recipient from digest_items d join events e on e.id = d.event_id where e.name = 'comment.added'`);
  expect(told.filter((one) => one.recipient.includes(login?.id ?? 'nobody'))).toEqual([]);
  expect(told).not.toEqual([]);
});
