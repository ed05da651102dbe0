import { Context, heartbeat } from '@temporalio/activity';
import { FileMissing } from '#db/files.ts';
import { InboundMail } from '#db/mails/entity.ts';
import { readInboundContent } from '#db/mails/inbound-content.ts';
import { storeInboundFiles, type KeptFiles } from '#db/mails/inbound-files.ts';
import { findMatch } from '#db/mails/inbound-match.ts';
import { classify, type InboundOutcome, processStoredMail } from '#db/mails/inbound.ts';
import { recordEvent } from '#db/events/record.ts';
import { systemEm } from '#db/orm.ts';
import { saveProcess } from '#db/processes/commands.ts';
import { extractReply } from '#domain/mail/extract-reply.ts';
import { workflowIdOf } from '#domain/processes.ts';
import type { Position, ProcessInput } from '#workflows/contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { ended, gone } from '../position.ts';

/** After so many failures that are none of the database's, a mail is put before a person instead of being tried for ever. */
const POISON_ATTEMPTS = 5;

/** What an inbound mail's process does. */
export function inboundActivities(deps: ActivityDeps) {
  return {
    /** Keeps the files, then matches, cuts, comments and steps in one transaction. A mail decided before stays as it is. */
    processInboundMail: async (input: ProcessInput, now: string): Promise<Position> => {
      const [id = ''] = input.ids;
      const at = new Date(now);
      const mail = await findStored(deps, input.organisationId, id);
      if (!mail) return gone();
      try {
        const outcome = await decide(deps, mail, at);
        return await note(deps, id, outcome.organisationId, outcome, at);
      } catch (error) {
        if (!isPoison(error)) throw error;
        deps.log.error({ inboundMailId: id, err: error }, 'a mail could not be read and waits for a person');
        const reason = error instanceof FileMissing ? 'original_missing' : 'unreadable';
        await holdUnread(deps, mail, reason, at);
        return note(deps, id, mail.organisationId ?? null, { status: 'held', reason, step: 'none' }, at);
      }
    },
  };
}

async function findStored(deps: ActivityDeps, organisationId: string | null, id: string): Promise<InboundMail | null> {
  return systemEm(deps.orm, organisationId).transactional((em) => em.findOne(InboundMail, { id }));
}

async function decide(deps: ActivityDeps, mail: InboundMail, now: Date): Promise<InboundOutcome & { organisationId: string | null }> {
  if (mail.status !== 'stored') return { status: mail.status, reason: mail.reason ?? null, step: 'none', organisationId: mail.organisationId ?? null };
  const inboundDomain = deps.settings.INBOUND_DOMAIN;
  const content = await readInboundContent(deps.files, mail.rawKey);
  const match = await findMatch(deps.orm, content, inboundDomain);
  const reply = extractReply({ text: content.text, html: content.html, subject: content.subject });
  const isPerson = classify(content, inboundDomain, now).kind === 'person';
  // Files of held mails stay in the stored original until somebody attaches it to an order.
  const files: KeptFiles = isPerson && match.organisationId && match.workOrderId
    ? await storeInboundFiles(deps.files, match.organisationId, content, reply.hiddenContentIds, () => heartbeat())
    : { kept: [], missing: [] };
  const outcome = await systemEm(deps.orm, match.organisationId).transactional((em) => processStoredMail(em, mail.id, { content, match, reply, files, inboundDomain }, now));
  if (outcome.status !== 'processed') await discard(deps, files);
  return { ...outcome, organisationId: match.organisationId };
}

async function discard(deps: ActivityDeps, files: KeptFiles): Promise<void> {
  for (const { file } of files.kept) {
    await deps.files.remove(file.fileKey);
    if (file.previewKey) await deps.files.remove(file.previewKey);
  }
}

/** Whether trying again is of no use: the stored mail itself is the trouble, or nobody knows what is. */
function isPoison(error: unknown): boolean {
  if (error instanceof FileMissing || error instanceof SyntaxError) return true;
  const { code } = error as { code?: unknown };
  const isTechnical = typeof code === 'string' || (error as Error).name?.includes('Connection');
  return !isTechnical && Context.current().info.attempt >= POISON_ATTEMPTS;
}

async function holdUnread(deps: ActivityDeps, mail: InboundMail, reason: string, now: Date): Promise<void> {
  const organisationId = mail.organisationId ?? null;
  await systemEm(deps.orm, organisationId).transactional(async (em) => {
    await em.nativeUpdate(InboundMail, { id: mail.id, status: 'stored' }, { status: 'held', reason, processedAt: now });
    if (!organisationId) return;
    const actor = { kind: 'system', organisationId, process: workflowIdOf('inbound', mail.id) } as const;
    await recordEvent(em, actor, { name: 'inbound_mail.held', organisationId, subjectId: mail.id, data: { reason } }, now);
  });
}

async function note(deps: ActivityDeps, id: string, organisationId: string | null, outcome: InboundOutcome, now: Date): Promise<Position> {
  const words = [outcome.status, outcome.reason, outcome.step === 'none' ? null : `step ${outcome.step}`].filter(Boolean).join(', ').replaceAll('_', ' ');
  const needsAttention = outcome.status === 'held';
  await systemEm(deps.orm).transactional((em) =>
    saveProcess(em, {
      workflowId: workflowIdOf('inbound', id), organisationId, kind: 'inbound', workOrderId: null, workOrderNumber: null, subjectId: id,
      step: outcome.status, nextDueAt: null, nextAction: null, level: 0, needsAttention, attentionReason: needsAttention ? outcome.reason : null, isEnded: true,
    }, now));
  return ended(outcome.status, words, { needsAttention });
}
