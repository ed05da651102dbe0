import { newId } from '../../columns.ts';
import { emFor, systemEm } from '../../orm.ts';
import { endPartnership } from '../../partnerships/end.ts';
import { setDispatchRules, showPeople } from '../../partnerships/own-settings.ts';
import { setServed } from '../../partnerships/served.ts';
import { setShares } from '../../partnerships/shares.ts';
import { Workspace } from '../../workspaces/entity.ts';
import { FUNKNER, KLINIK, type PartnerCompany, SCHULVERBAND, STEIGMANN } from './partner-cast.ts';
import { FORMER_PARTNER_STORIES, KLINIK_STORIES } from './partner-stories.ts';
import { acceptAgain, acceptAsNew, decline, invite, type Invited, letPartnershipPass } from './partners.ts';
import { playStory } from './play.ts';
import { type PartnerSide, setStage, type Stage, userOf } from './stage.ts';

const DAY_MS = 86_400_000;

/** Whom the demo's client works with as partners, and whom it has asked; returns the stages of their other clients. */
export async function playPartners(stage: Stage): Promise<Pick<Stage, 'organisationId'>[]> {
  await playFormerPartner(stage);
  const steigmann = await playLiftCompany(stage);
  const declined = await invite(stage, asked(stage, 'riegelbach', 12, 'Nadja Riegelbach', 'n.riegelbach@riegelbach.example', ['ahorn', 'gewerbe']), daysAgo(stage, 9));
  await decline(stage, declined, 'Wir sind nur zu dritt und bleiben lieber bei E-Mail.', daysAgo(stage, 9));
  await invite(stage, asked(stage, 'frostheim', 2, 'Bernd Frostheim', 'b.frostheim@frostheim.example', ['rathaus']), stage.now);
  const klinik = await setStage(stage.orm, KLINIK, daysAgo(stage, 50), stage.now);
  const there = await acceptAgain(klinik, await invite(klinik, { ...asked(klinik, 'steigmann', 15, STEIGMANN.admin.name, STEIGMANN.admin.email, ['haupthaus']), by: 'doris' }, daysAgo(stage, 14)), steigmann, daysAgo(stage, 14));
  for (const story of KLINIK_STORIES) await playStory(klinik, story);
  const schule = await setStage(stage.orm, SCHULVERBAND, daysAgo(stage, 40), stage.now);
  await invite(schule, { by: 'holger', at: daysAgo(stage, 1), email: STEIGMANN.admin.email, name: STEIGMANN.admin.name, company: STEIGMANN.name, workspaceIds: Object.values(schule.workspaceIds) }, stage.now);
  return [klinik, schule, { organisationId: there.office.partnerOrganisationId }];
}

/** All of one workspace, chosen assets of another, and one that the company does not serve. */
async function playLiftCompany(stage: Stage): Promise<PartnerSide> {
  const invited = asked(stage, STEIGMANN.firm, 29, STEIGMANN.admin.name, STEIGMANN.admin.email, ['ahorn', 'rathaus', 'kita']);
  const side = await acceptAsNew(stage, await invite(stage, { ...invited, message: 'Guten Tag Herr Obermoos, wie besprochen sehen Sie bei uns künftig die Aufzüge mit ihren Unterlagen.' }, daysAgo(stage, 24)), STEIGMANN, daysAgo(stage, 24));
  const { office } = side;
  const chosen = ['aufzuga1', 'aufzuga2', 'lastenaufzug'].flatMap((key) => stage.assetIds[key] ?? []);
  const ruth = userOf(stage, 'ruth');
  await emFor(stage.orm, ruth).transactional((em) => setShares(em, ruth, { id: side.partnershipId, workspaces: [{ workspaceId: stage.workspaceIds['rathaus'] ?? '', scope: 'chosen', assetIds: chosen }] }, daysAgo(stage, 23)));
  await emFor(stage.orm, office).transactional(async (em) => {
    await setServed(em, office, [{ workspaceId: stage.workspaceIds['kita'] ?? '', isServed: false, reason: 'kein Aufzug im Haus' }], daysAgo(stage, 23));
    await setDispatchRules(em, office, [{ workspaceId: null, memberUserId: side.people['petra']?.userId ?? '' }], daysAgo(stage, 23));
    await showPeople(em, office, { showsPeople: true }, daysAgo(stage, 23));
  });
  await openOwnWorkshop(side, stage);
  return side;
}

/** In its own account the company is a client like any other. */
async function openOwnWorkshop({ office }: PartnerSide, stage: Stage): Promise<void> {
  const { partnerOrganisationId: organisationId, userId } = office;
  const workspaceId = newId();
  const then = daysAgo(stage, 23);
  await systemEm(stage.orm, organisationId).transactional(async (em) => {
    em.create(Workspace, { id: workspaceId, organisationId, name: 'Werkstatt und Lager', shortName: 'Werkstatt', street: 'Seilerweg 6', postalCode: '99993', city: 'Neuquell', defaultResponsibleUserId: userId, createdAt: then, updatedAt: then });
  });
  const own: Stage = { ...stage, organisationId, users: { kai: { kind: 'member', organisationId, userId, role: 'admin', workspaceIds: null } }, workspaceIds: { werkstatt: workspaceId }, assetIds: {}, firmIds: {}, partners: [] };
  await playStory(own, { at: 20, by: 'kai', workspace: 'werkstatt', title: 'Hallentor der Werkstatt quietscht', description: 'Rollen links oben.', priority: 'low', steps: [] });
}

/** Worked as a partner once: both sides keep the record. */
async function playFormerPartner(stage: Stage): Promise<void> {
  const { admin, firm }: PartnerCompany = FUNKNER;
  const partnership = await invite(stage, asked(stage, firm, 56, admin.name, admin.email, ['gewerbe']), daysAgo(stage, 54));
  const side = await acceptAsNew(stage, partnership, FUNKNER, daysAgo(stage, 54));
  for (const story of FORMER_PARTNER_STORIES) await playStory(stage, story);
  const at = daysAgo(stage, 30);
  const ruth = userOf(stage, 'ruth');
  const ending = { id: side.partnershipId, endsOn: daysAgo(stage, 29).toISOString().slice(0, 10), reason: 'Rahmenvertrag ausgelaufen', orders: [] };
  await emFor(stage.orm, ruth).transactional((em) => endPartnership(em, ruth, ending, at));
  await letPartnershipPass(stage, { id: side.partnershipId }, at, stage.now);
}

function asked(stage: Stage, firm: string, days: number, name: string, email: string, workspaces: readonly string[]): Invited {
  return { by: 'ruth', at: daysAgo(stage, days), email, name, firmId: stage.firmIds[firm] ?? '', workspaceIds: workspaces.flatMap((key) => stage.workspaceIds[key] ?? []) };
}

function daysAgo({ now }: Pick<Stage, 'now'>, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
