import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import pg from 'pg';
import { pino } from 'pino';
import { createActivities } from '#activities/create.ts';
import type { ActivityDeps } from '#activities/deps.ts';
import { openPostmark } from '#activities/postmark.ts';
import { openClient } from '#activities/temporal.ts';
import { assignWork } from '#db/assignments/assign.ts';
import { answerAssignment } from '#db/assignments/answer.ts';
import { type Assignment, ReplyAddress } from '#db/assignments/entity.ts';
import { newId } from '#db/columns.ts';
import { openFileStore } from '#db/files.ts';
import type { Firm, FirmContact } from '#db/firms/entity.ts';
import { appDatabaseUrl } from '#db/login.ts';
import { InboundMail, MailReference } from '#db/mails/entity.ts';
import { emFor, openOrm, systemEm, type Em, type Orm } from '#db/orm.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import type { MemberActor } from '#domain/actors.ts';
import { parseSettings } from '#domain/settings.ts';
import type { Position } from '#workflows/contract.ts';
import { aContact, aFirm, aWorkOrder } from '../support/builders.ts';
import { aCast, type Cast } from '../support/cast.ts';
import { cloneDatabase } from '../support/database.ts';

/** What the stored fixtures were written for. */
export const MAIL_NAME = 'lohbach';
export const REPLY_KEY = 'k7q2m4xw9dz3hn5tb8rc6vfyap';
export const SENT_MESSAGE_ID = '019ac0de-7a10-7c3e-9f00-000000000042@reply.gewerk.localhost';
export const NOW = new Date('2026-11-25T10:00:00Z');

export type MailStage = {
  readonly orm: Orm;
  readonly deps: ActivityDeps;
  readonly cast: Cast;
  readonly coordinator: MemberActor;
  readonly query: <T extends object>(sql: string, values?: unknown[]) => Promise<T[]>;
  /** Stores a mail as the webhook does and runs its activity. */
  readonly receive: (json: Json, now?: Date) => Promise<{ id: string; position: Position }>;
  /** Runs the activity once more, as its process does when it is woken again. */
  readonly again: (id: string, organisationId?: string | null) => Promise<Position>;
  readonly close: () => Promise<void>;
};

export type Json = Record<string, unknown>;

/** A stored fixture, with fields changed. */
export function fixture(name: string, change: Json = {}): Json {
  const json = JSON.parse(readFileSync(new URL(`../fixtures/postmark/inbound-${name}.json`, import.meta.url), 'utf8')) as Json;
  return { ...json, MessageID: newId(), ...change };
}

/** The same with other values of some headers; null takes one away. */
export function withHeaders(json: Json, headers: Record<string, string | null>): Json {
  const kept = (json['Headers'] as { Name: string; Value: string }[]).filter((one) => !(one.Name in headers));
  const added = Object.entries(headers).flatMap(([Name, Value]) => (Value === null ? [] : [{ Name, Value }]));
  return { ...json, Headers: [...kept, ...added] };
}

/** A database and a file store; no Temporal is needed to try what a mail becomes. */
export async function openMailStage(): Promise<MailStage> {
  const database = await cloneDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'gewerk-files-'));
  const settings = parseSettings({
    NODE_ENV: 'test', DATABASE_URL: database.url, FILES_DIR: folder, PUBLIC_URL: 'http://gewerk.test', POSTMARK_SERVER_TOKEN: 'x',
    WEBHOOK_INBOUND_PASSWORD: 'x'.repeat(12), WEBHOOK_EVENTS_PASSWORD: 'x'.repeat(12),
  });
  const orm = await openOrm(appDatabaseUrl(settings), 5);
  const owner = new pg.Pool({ connectionString: database.url, max: 2 });
  // A connection that is being given back may hear that its database is gone: nothing to be told of.
  owner.on('error', () => undefined);
  const deps: ActivityDeps = {
    orm, settings, log: pino({ level: 'silent' }), clock: () => NOW, files: await openFileStore(settings), postmark: openPostmark(settings), temporal: openClient(settings).client,
  };
  const cast = await aCast(orm, NOW);
  await owner.query('update organisations set mail_name = $1, name = $2 where id = $3', [MAIL_NAME, 'Hausverwaltung Lohbach', cast.organisation.id]);
  const { processInboundMail } = createActivities(deps);
  const run = async (id: string, now: Date, organisationId: string | null = null): Promise<Position> =>
    (await new MockActivityEnvironment().run(processInboundMail, { ids: [id], organisationId, workOrderNumber: null }, now.toISOString())) as Position;
  return {
    orm, deps, cast,
    coordinator: { kind: 'member', organisationId: cast.organisation.id, userId: cast.coordinator.user.id, role: 'coordinator', workspaceIds: null },
    query: async <T extends object>(sql: string, values?: unknown[]) => (await owner.query<T>(sql, values)).rows,
    receive: async (json, now = NOW) => {
      const id = newId();
      const rawKey = `inbound/${id}.json`;
      const raw = JSON.stringify(json);
      await deps.files.put(rawKey, raw);
      await systemEm(orm).transactional(async (em) => {
        em.create(InboundMail, { id, organisationId: null, providerId: json['MessageID'] as string, rawKey, size: raw.length, receivedAt: now });
      });
      return { id, position: await run(id, now) };
    },
    again: (id, organisationId = null) => run(id, NOW, organisationId),
    close: async () => {
      await owner.end();
      await orm.close(true);
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type AskedByMail = { readonly order: WorkOrder; readonly firm: Firm; readonly contact: FirmContact; readonly assignment: Assignment };

/** The order of the fixtures, handed to the painter whose reply address and sent mail they know. */
export async function askPainter(stage: MailStage, wish: { order?: Partial<WorkOrder>; isAccepted?: boolean; key?: string; messageId?: string } = {}): Promise<AskedByMail> {
  const { orm, cast, coordinator } = stage;
  const organisationId = cast.organisation.id;
  const order = await aWorkOrder(orm, organisationId, cast.workspace.id, {
    number: 'M-2026-00042', title: 'Treppenhaus streichen', responsibleUserId: cast.coordinator.user.id, ...wish.order,
  });
  const firm = await aFirm(orm, organisationId, { company: 'Maler Kern GmbH' });
  const contact = await aContact(orm, organisationId, firm.id, { name: 'Peter Kern', email: 'kern@maler-kern.example', roles: ['dispatch'] });
  const assignment = await as(orm, coordinator, (em) => assignWork(em, coordinator, { workOrderId: order.id, firmId: firm.id }, NOW));
  if (wish.isAccepted) await as(orm, coordinator, (em) => answerAssignment(em, coordinator, { assignmentId: assignment.id, step: 'accept', contactId: contact.id }, NOW));
  await systemEm(orm, organisationId).transactional(async (em) => {
    const target = { organisationId, workOrderId: order.id, assignmentId: assignment.id, contactId: contact.id, createdAt: NOW };
    em.create(ReplyAddress, { id: newId(), key: wish.key ?? REPLY_KEY, ...target });
    em.create(MailReference, { messageId: wish.messageId ?? SENT_MESSAGE_ID, ...target });
  });
  return { order, firm, contact, assignment };
}

export async function as<T>(orm: Orm, actor: MemberActor, work: (em: Em) => Promise<T>): Promise<T> {
  return emFor(orm, actor).transactional(work);
}

/** Empties the conversation, so that each test has the fixtures' order to itself. */
export async function forgetOrders(stage: MailStage): Promise<void> {
  await stage.query(`truncate outbox, processes, deputy_proposals, digest_items, mail_references, reply_addresses, access_links, file_requests, attachments,
    comments, assignment_steps, inbound_mails, outbound_mails, mail_threads, events, observers, assignments, search_documents, work_orders, firm_contacts, firms cascade`);
}
