import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MailContext } from '#activities/mails/context.ts';
import { loadPartnershipEndingMail } from '#activities/mails/partnership-ending.ts';
import { OutboundMail } from '#db/mails/entity.ts';
import { Organisation } from '#db/organisations/entity.ts';
import { emFor, systemEm } from '#db/orm.ts';
import { endAsPartner, endPartnership, withdrawEnding } from '#db/partnerships/end.ts';
import type { MemberActor } from '#domain/actors.ts';
import { aMembership, aUser } from '../support/builders.ts';
import { adminOf } from '../support/cast.ts';
import { aPartner, partnerActor, type PartnerCast } from '../support/partners.ts';
import { type MailStage, NOW, openMailStage } from './stage.ts';

/** Whoever is of the side that acts, and did not act, is told by name who did; the other side is told of the firm. */
let stage: MailStage;
let client: MemberActor;
let counter = 0;

beforeAll(async () => {
  stage = await openMailStage();
  client = adminOf(stage.cast);
});
afterAll(() => stage?.close());

/** A partner that was invited by the client's coordinator, and has a second administrator. */
async function aPartnerWithColleagues() {
  counter += 1;
  const partner = await aPartner(stage.orm, stage.cast, NOW, { name: `Wartung ${counter}`, invitedByUserId: stage.cast.coordinator.user.id });
  return { partner, theirs: await aSecondAdmin(partner.own.organisation.id) };
}

async function aSecondAdmin(organisationId: string) {
  const user = await aUser(stage.orm);
  await aMembership(stage.orm, organisationId, user.id, 'admin');
  return user;
}

type Filled = { readonly to: string; readonly colleagueName: string | null; readonly otherName: string };

/** To whom the mails of this news go, and what they say of who did it. */
async function told({ partnership }: PartnerCast, news: string): Promise<readonly unknown[]> {
  return systemEm(stage.orm, partnership.organisationId).transactional(async (em) => {
    const organisation = await em.findOneOrFail(Organisation, { id: partnership.organisationId });
    const mails = (await em.find(OutboundMail, { organisationId: organisation.id, partnershipId: partnership.id })).filter((mail) => mail.parameters['news'] === news);
    const filled = mails.map(async (mail): Promise<Filled | { skip: string }> => {
      const context: MailContext = { em, mail, settings: stage.deps.settings, now: NOW, organisation, threadSubject: null, tokens: [], links: new Map() };
      const data = await loadPartnershipEndingMail(context);
      return 'skip' in data ? data : { to: mail.toEmail, colleagueName: data.colleagueName, otherName: data.otherName };
    });
    return Promise.all(filled);
  });
}

const clientName = async (): Promise<string> => (await stage.query<{ name: string }>('select name from organisations where id = $1', [stage.cast.organisation.id]))[0]?.name ?? '';
const byAddress = (mails: readonly unknown[]): unknown[] => mails.toSorted((one, other) => (one as Filled).to.localeCompare((other as Filled).to));

test('the client ends: its other administrators and whoever has invited read who it was, the partner which firm', async () => {
  const { partner, theirs } = await aPartnerWithColleagues();
  const ours = await aSecondAdmin(stage.cast.organisation.id);
  const { admin, coordinator } = stage.cast;
  await emFor(stage.orm, client).transactional((em) => endPartnership(em, client, { id: partner.partnership.id, endsOn: '2026-12-31', orders: [] }, NOW));
  const byColleague = { colleagueName: admin.user.name, otherName: partner.own.organisation.name };
  const byOther = { colleagueName: null, otherName: await clientName() };
  const wanted = byAddress([
    { to: ours.email, ...byColleague }, { to: coordinator.user.email, ...byColleague }, { to: theirs.email, ...byOther }, { to: partner.own.admin.user.email, ...byOther },
  ]);
  expect(byAddress(await told(partner, 'announced'))).toEqual(wanted);
  await emFor(stage.orm, client).transactional((em) => withdrawEnding(em, client, partner.partnership.id, NOW));
  // Whoever heard of the end hears that it does not come.
  expect(byAddress(await told(partner, 'kept'))).toEqual(wanted);
});

test('the partner ends: its other administrators read who it was, and whoever has invited which firm', async () => {
  const { partner, theirs } = await aPartnerWithColleagues();
  const actor = partnerActor(partner, 'admin');
  await emFor(stage.orm, actor).transactional((em) => endAsPartner(em, actor, { endsOn: '2026-12-31', orders: [] }, NOW));
  expect(byAddress(await told(partner, 'announced'))).toEqual(byAddress([
    { to: theirs.email, colleagueName: partner.own.admin.user.name, otherName: await clientName() },
    { to: stage.cast.coordinator.user.email, colleagueName: null, otherName: partner.own.organisation.name },
  ]));
});
