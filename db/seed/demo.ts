import { parseSettings } from '#domain/settings.ts';
import { Assignment } from '../assignments/entity.ts';
import { DigestItem } from '../events/entity.ts';
import { type FileStore, openFileStore } from '../files.ts';
import { FirmContact } from '../firms/entity.ts';
import { appDatabaseUrl } from '../login.ts';
import { OutboundMail } from '../mails/entity.ts';
import { Organisation } from '../organisations/entity.ts';
import { type Em, openOrm, type Orm, systemEm } from '../orm.ts';
import { OutboxRow } from '../processes/entity.ts';
import { DEMO_ASSETS, DEMO_FIRMS, DEMO_ORGANISATION, DEMO_PASSWORD, DEMO_USERS, DEMO_WORKSPACES } from './demo/cast.ts';
import { FUNKNER, KLINIK, SCHULVERBAND, STEIGMANN } from './demo/partner-cast.ts';
import { PARTNER_STORIES } from './demo/partner-stories.ts';
import { playPartners } from './demo/partnerships.ts';
import { playStory } from './demo/play.ts';
import { type OrganisationCast, setStage } from './demo/stage.ts';
import { receiveStrangersMails } from './demo/strangers.ts';
import { STORIES } from './demo/stories.ts';

const DAY_MS = 86_400_000;
const DEAD_ADDRESS = 's.firstmann@firstmann.example';
const AHORNFELD: OrganisationCast = {
  organisation: DEMO_ORGANISATION, invoiceEmail: 'rechnung@ahornfeld.example', users: DEMO_USERS, workspaces: DEMO_WORKSPACES, assets: DEMO_ASSETS, firms: DEMO_FIRMS,
};

/** Whose people can sign in, in the order in which they are printed. */
const LOGINS = [
  { organisation: DEMO_ORGANISATION.name, people: DEMO_USERS },
  ...[STEIGMANN, FUNKNER].map(({ name, admin, people }) => ({ organisation: name, people: [{ role: 'admin', email: admin.email }, ...people] })),
  ...[KLINIK, SCHULVERBAND].map(({ organisation, users }) => ({ organisation: organisation.name, people: users })),
];

export type DemoLogin = { role: string; email: string; password: string; organisation: string };

/**
 * Fills an empty database with the German demo and returns its logins; one that has an organisation is left alone
 * (returns the demo's logins where it is the demo, else none). No mail goes out for what is past.
 */
export async function seedDemo(orm: Orm, files: FileStore, inboundDomain: string, now: Date): Promise<DemoLogin[]> {
  const [existing] = await systemEm(orm).find(Organisation, {}, { orderBy: { createdAt: 'asc' }, limit: 1 });
  if (existing) return existing.mailName === DEMO_ORGANISATION.mailName ? demoLogins() : [];
  const since = new Date(now.getTime() - 60 * DAY_MS);
  const stage = await setStage(orm, AHORNFELD, since, now);
  const others = await playPartners(stage);
  for (const story of [...STORIES, ...PARTNER_STORIES]) await playStory(stage, story);
  for (const { organisationId } of [stage, ...others]) {
    await systemEm(orm, organisationId).transactional((em) => silenceThePast(em, organisationId));
  }
  await systemEm(orm, stage.organisationId).transactional((em) => letOneBounce(em, stage.organisationId));
  await receiveStrangersMails(orm, files, `${DEMO_ORGANISATION.mailName}@${inboundDomain}`, now);
  return demoLogins();
}

function demoLogins(): DemoLogin[] {
  return LOGINS.flatMap(({ organisation, people }) => people.map(({ role, email }) => ({ role, email, password: DEMO_PASSWORD, organisation })));
}

/** Mails of the past count as delivered when they were due; nobody is told anew of old things. */
async function silenceThePast(em: Em, organisationId: string): Promise<void> {
  await em.nativeDelete(OutboxRow, { organisationId, kind: { $in: ['mail', 'digest'] } });
  await em.nativeDelete(DigestItem, { organisationId });
  const mails = await em.find(OutboundMail, { organisationId });
  for (const mail of mails) {
    mail.status = 'delivered';
    mail.statusReason = 'demo_data';
    mail.sentAt = mail.createdAt;
    mail.deliveredAt = mail.createdAt;
  }
}

/** One address of the demo is dead, so that a mail that came back can be seen. */
async function letOneBounce(em: Em, organisationId: string): Promise<void> {
  const contact = await em.findOneOrFail(FirmContact, { organisationId, email: DEAD_ADDRESS });
  const mail = await em.findOneOrFail(OutboundMail, { organisationId, toContactId: contact.id, template: 'assignment' }, { orderBy: { createdAt: 'desc' } });
  const at = new Date(mail.createdAt.getTime() + 60_000);
  Object.assign(mail, { status: 'bounced', statusReason: 'HardBounce', deliveredAt: null, bouncedAt: at });
  Object.assign(contact, { undeliverableSince: at, undeliverableReason: 'HardBounce: 550 5.1.1 user unknown' });
  if (mail.assignmentId) {
    const assignment = await em.findOneOrFail(Assignment, { organisationId, id: mail.assignmentId });
    Object.assign(assignment, { deliveredAt: null, bouncedAt: at });
  }
}

if (import.meta.main) {
  const needed = { ...process.env };
  for (const name of ['WEBHOOK_INBOUND_PASSWORD', 'WEBHOOK_EVENTS_PASSWORD', 'POSTMARK_SERVER_TOKEN']) needed[name] ??= 'not needed to seed';
  const settings = parseSettings(needed);
  const orm = await openOrm(appDatabaseUrl(settings));
  const logins = await seedDemo(orm, await openFileStore(settings), settings.INBOUND_DOMAIN, new Date());
  process.stdout.write(`${JSON.stringify({ logins })}\n`);
  await orm.close(true);
}
