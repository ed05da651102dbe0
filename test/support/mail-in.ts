import { readFileSync } from 'node:fs';
import { newId } from '#db/columns.ts';
import { InboundMail, type MailSuggestion } from '#db/mails/entity.ts';
import { systemEm } from '#db/orm.ts';
import type { TestApi } from './api.ts';

export type MailJson = { From: string; FromName: string; Subject: string; TextBody: string; HtmlBody: string; Attachments: object[]; [name: string]: unknown };

/** A stored mail of the provider, by its name. */
export function mailFixture(name: string, given: Partial<MailJson> = {}): MailJson {
  const url = new URL(`../fixtures/postmark/inbound-${name}.json`, import.meta.url);
  return { ...(JSON.parse(readFileSync(url, 'utf8')) as MailJson), ...given };
}

/** A mail that waits for a person: its JSON in the store and its row. */
export async function aHeldMail(api: TestApi, organisationId: string, json: MailJson, given: Partial<InboundMail> & { suggestion?: MailSuggestion } = {}): Promise<InboundMail> {
  const id = newId();
  const rawKey = `${organisationId}/mails/${id}`;
  const bytes = Buffer.from(JSON.stringify(json));
  await api.deps.files.put(rawKey, bytes);
  return systemEm(api.orm, organisationId).transactional(async (em) =>
    em.create(InboundMail, {
      id, organisationId, rawKey, size: bytes.length, providerId: newId(), messageId: `${id}@sender.test`, status: 'held', reason: 'no_match', recipient: 'verwaltung@reply.gewerk.localhost',
      fromEmail: json.From, fromName: json.FromName, subject: json.Subject, foundBy: 'nothing', proof: 'pass', receivedAt: api.now(), processedAt: api.now(), ...given,
    }));
}
