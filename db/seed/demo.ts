import type { MemberActor } from '#domain/actors.ts';
import { DEFAULT_BUSINESS_HOURS } from '#domain/calendar/calendar.ts';
import { parseSettings } from '#domain/settings.ts';
import { Asset } from '../assets/entity.ts';
import { Assignment } from '../assignments/entity.ts';
import { newId } from '../columns.ts';
import { DigestItem } from '../events/entity.ts';
import { type FileStore, openFileStore } from '../files.ts';
import { Firm, FirmContact } from '../firms/entity.ts';
import { appDatabaseUrl } from '../login.ts';
import { OutboundMail } from '../mails/entity.ts';
import { Organisation } from '../organisations/entity.ts';
import { type Em, openOrm, type Orm, systemEm } from '../orm.ts';
import { OutboxRow } from '../processes/entity.ts';
import { hashPassword } from '../users/passwords.ts';
import { Credential, Membership, User } from '../users/entity.ts';
import { Workspace } from '../workspaces/entity.ts';
import { DEMO_ASSETS, DEMO_FIRMS, DEMO_ORGANISATION, DEMO_PASSWORD, DEMO_USERS, DEMO_WORKSPACES } from './demo/cast.ts';
import { playStory, type Stage } from './demo/play.ts';
import { receiveStrangersMails } from './demo/strangers.ts';
import { STORIES } from './demo/stories.ts';

const DAY_MS = 86_400_000;
const DEAD_ADDRESS = 's.firstmann@firstmann.example';
export type DemoLogin = { role: string; email: string; password: string; organisation: string };

/**
 * Fills an empty database with the German demo and returns its logins; one that has an organisation is left alone
 * (returns the demo's logins where it is the demo, else none). No mail goes out for what is past.
 */
export async function seedDemo(orm: Orm, files: FileStore, inboundDomain: string, now: Date): Promise<DemoLogin[]> {
  const [existing] = await systemEm(orm).find(Organisation, {}, { orderBy: { createdAt: 'asc' }, limit: 1 });
  if (existing) return existing.mailName === DEMO_ORGANISATION.mailName ? demoLogins() : [];
  const organisationId = newId();
  const since = new Date(now.getTime() - 60 * DAY_MS);
  const stage = await systemEm(orm, organisationId).transactional((em) => setStage(em, orm, organisationId, since, now));
  for (const story of STORIES) await playStory(stage, story);
  await systemEm(orm, organisationId).transactional((em) => silenceThePast(em, organisationId));
  await systemEm(orm, organisationId).transactional((em) => letOneBounce(em, organisationId));
  await receiveStrangersMails(orm, files, `${DEMO_ORGANISATION.mailName}@${inboundDomain}`, now);
  return demoLogins();
}

function demoLogins(): DemoLogin[] {
  return DEMO_USERS.map(({ role, email }) => ({ role, email, password: DEMO_PASSWORD, organisation: DEMO_ORGANISATION.name }));
}

async function setStage(em: Em, orm: Orm, organisationId: string, since: Date, now: Date): Promise<Stage> {
  em.create(Organisation, { id: organisationId, ...DEMO_ORGANISATION, businessHours: DEFAULT_BUSINESS_HOURS, createdAt: since, updatedAt: since });
  const users = await addUsers(em, organisationId, since);
  const workspaceIds: Record<string, string> = {};
  for (const { key, responsible, ...one } of DEMO_WORKSPACES) {
    workspaceIds[key] = newId();
    em.create(Workspace, {
      ...one, id: workspaceIds[key], organisationId, defaultResponsibleUserId: users[responsible]?.userId ?? null,
      billingRecipient: DEMO_ORGANISATION.name, invoiceEmail: 'rechnung@ahornfeld.example', createdAt: since, updatedAt: since,
    });
  }
  const assetIds: Record<string, string> = {};
  for (const { key, workspace, ...one } of DEMO_ASSETS) {
    assetIds[key] = newId();
    em.create(Asset, { ...one, id: assetIds[key], organisationId, workspaceId: workspaceIds[workspace] ?? '', createdAt: since, updatedAt: since });
  }
  const firmIds = addFirms(em, organisationId, since);
  return { orm, organisationId, now, users, workspaceIds, assetIds, firmIds };
}

async function addUsers(em: Em, organisationId: string, since: Date): Promise<Record<string, MemberActor>> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const users: Record<string, MemberActor> = {};
  for (const { key, role, ...one } of DEMO_USERS) {
    const userId = newId();
    em.create(User, { ...one, id: userId, createdAt: since });
    em.create(Credential, { userId, passwordHash, changedAt: since });
    em.create(Membership, { id: newId(), organisationId, userId, role, joinedAt: since, createdAt: since });
    users[key] = { kind: 'member', organisationId, userId, role, workspaceIds: null };
  }
  return users;
}

function addFirms(em: Em, organisationId: string, since: Date): Record<string, string> {
  const firmIds: Record<string, string> = {};
  for (const { key, contacts, ...one } of DEMO_FIRMS) {
    const firmId = newId();
    firmIds[key] = firmId;
    em.create(Firm, { ...one, id: firmId, organisationId, createdAt: since, updatedAt: since });
    contacts.forEach((contact, position) => em.create(FirmContact, { ...contact, id: newId(), organisationId, firmId, position, createdAt: since }));
  }
  return firmIds;
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
