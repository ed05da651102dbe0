import type { OutboundMail } from '#db/mails/entity.ts';
import {
  lockMail, markMailRefused, markMailSent, markMailUnclear, markMailUnsent, SETTLED_STATUSES, UNCLEAR_FOR_GOOD,
} from '#db/mails/sending.ts';
import type { Em } from '#db/orm.ts';
import { saveProcess } from '#db/processes/commands.ts';
import type { SystemActor } from '#domain/actors.ts';
import { workflowIdOf } from '#domain/processes.ts';
import type { Position, ProcessInput } from '#workflows/contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { inOrganisation } from '../organisation-em.ts';
import { ended, gone, waiting } from '../position.ts';
import type { SendAnswer } from '../postmark.ts';
import { isLookupDue, mayBeSentTwice, nextLookup, retryAt } from './delivery-times.ts';
import { postpone, NotRendered } from './not-rendered.ts';
import { prepareMail, type Prepared } from './prepare.ts';

/** What the mail's process does: one step of handing it to the provider. */
export function mailActivities(deps: ActivityDeps) {
  return {
    /**
     * Moves one mail on: sends it, asks what became of it, or says what it waits for. Safe at any time and any number
     * of times: the row says what was attempted, and a mail in an unclear state is never sent before the provider was asked.
     */
    sendMail: async (input: ProcessInput, now: string): Promise<Position> => {
      const at = new Date(now);
      const first = await step(deps, input, at, prepare).catch((error: unknown) => {
        if (error instanceof NotRendered) return step(deps, input, at, (...mail) => postpone(error, ...mail));
        throw error;
      });
      if ('position' in first) return first.position;
      if ('lookup' in first) return lookUp(deps, input, at);
      const answer = await deps.postmark.send(first.letter);
      return settlePatiently(deps, input, at, answer);
    },
  };
}

type Subject = { readonly mailId: string; readonly actor: SystemActor | null };
type Work<T> = (deps: ActivityDeps, em: Em, mail: OutboundMail, actor: SystemActor | null, now: Date) => Promise<T>;

function subjectOf(input: ProcessInput): Subject {
  const mailId = input.ids[0] ?? '';
  const process = workflowIdOf('mail', mailId);
  return { mailId, actor: input.organisationId ? { kind: 'system', organisationId: input.organisationId, process } : null };
}

/** One transaction on the locked row; a position that comes of it is noted with the processes. */
async function step<T extends object>(deps: ActivityDeps, input: ProcessInput, now: Date, work: Work<T | { position: Position }>): Promise<T | { position: Position }> {
  const { mailId, actor } = subjectOf(input);
  return inOrganisation(deps, input.organisationId, async (em) => {
    const mail = await lockMail(em, input.organisationId, mailId);
    if (!mail) return { position: gone() };
    const result = await work(deps, em, mail, actor, now);
    const position = 'position' in result ? (result.position as Position) : waiting('sending', 'is being handed to the provider', null);
    await em.flush();
    await saveProcess(em, {
      workflowId: workflowIdOf('mail', mailId), organisationId: input.organisationId, kind: 'mail', workOrderId: mail.workOrderId ?? null,
      workOrderNumber: input.workOrderNumber, subjectId: mailId, step: position.status, nextDueAt: position.nextAt ? new Date(position.nextAt) : null,
      nextAction: position.nextStep, level: 0, needsAttention: position.needsAttention,
      attentionReason: position.needsAttention ? (mail.statusReason ?? position.status) : null, isEnded: position.isEnded,
    }, now);
    return result;
  });
}

const prepare: Work<Prepared | { lookup: true }> = async (deps, em, mail, actor, now) => {
  if ((SETTLED_STATUSES as readonly string[]).includes(mail.status)) return { position: ended(mail.status, `already ${mail.status}`) };
  if (mail.status === 'queued') return prepareMail(deps, em, actor, mail, now);
  const since = mail.sendingSince ?? now;
  if (isLookupDue(since, now)) return { lookup: true };
  await markMailUnclear(em, actor, mail, mail.statusReason ?? 'attempt_broke_off', now);
  return { position: unclear(nextLookup(since, now)) };
};

/** Asks the provider before anything is sent again. */
async function lookUp(deps: ActivityDeps, input: ProcessInput, now: Date): Promise<Position> {
  const found = await deps.postmark.find(subjectOf(input).mailId).catch(() => 'unreachable' as const);
  const result = await step(deps, input, now, async (_deps, em, mail, actor) => {
    if ((SETTLED_STATUSES as readonly string[]).includes(mail.status)) return { position: ended(mail.status, `already ${mail.status}`) };
    if (found === 'unreachable') {
      await markMailUnclear(em, actor, mail, 'provider_unreachable', now);
      return { position: unclear(new Date(now.getTime() + 60_000)) };
    }
    if (found) return { position: await sent(em, actor, mail, found, now) };
    return { position: await notFound(em, actor, mail, now) };
  });
  return result.position;
}

async function notFound(em: Em, actor: SystemActor | null, mail: OutboundMail, now: Date): Promise<Position> {
  const next = nextLookup(mail.sendingSince ?? now, now);
  if (next) {
    await markMailUnclear(em, actor, mail, mail.statusReason ?? 'attempt_broke_off', now);
    return unclear(next);
  }
  if (!mayBeSentTwice(mail.template)) {
    await markMailUnclear(em, actor, mail, UNCLEAR_FOR_GOOD, now);
    return ended('unclear', 'nobody knows whether it was sent; a person decides', { needsAttention: true });
  }
  markMailUnsent(mail, 'not_found');
  mail.isPossibleDuplicate = true;
  return waiting('queued', 'the provider does not know it: it is sent once more', { at: now, step: 'send again' });
}

function unclear(at: Date | null): Position {
  return waiting('unclear', 'nobody knows whether the provider took it', at ? { at, step: 'ask the provider what became of it' } : null);
}

/** The answer is known only here: a database that is away for a moment must not make it unclear. */
async function settlePatiently(deps: ActivityDeps, input: ProcessInput, now: Date, answer: SendAnswer): Promise<Position> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await step(deps, input, now, (_deps, em, mail, actor) => settle(em, actor, mail, answer, now))).position;
    } catch (error) {
      if (attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 1000));
    }
  }
}

async function settle(em: Em, actor: SystemActor | null, mail: OutboundMail, answer: SendAnswer, now: Date): Promise<{ position: Position }> {
  if (mail.status !== 'sending') return { position: ended(mail.status, `already ${mail.status}`) };
  if (answer.kind === 'sent') return { position: await sent(em, actor, mail, { ...answer, at: now }, now) };
  if (answer.kind === 'unclear') {
    await markMailUnclear(em, actor, mail, answer.reason, now);
    return { position: unclear(nextLookup(now, now)) };
  }
  if (answer.kind === 'refused') {
    await markMailRefused(em, actor, mail, { reason: answer.reason, isAddressDead: answer.isInactive || answer.reason === 'address_invalid' }, now);
    return { position: ended('refused', `the provider refuses it: ${answer.reason}`, { needsAttention: true }) };
  }
  markMailUnsent(mail, answer.reason);
  const at = retryAt(mail.attempts, answer.retryAfterMs, now);
  const words = `not handed over: ${answer.reason}; attempt ${mail.attempts}`;
  return { position: waiting('retry', words, { at, step: 'try again' }, { needsAttention: answer.needsAttention }) };
}

async function sent(em: Em, actor: SystemActor | null, mail: OutboundMail, found: { providerId: string; at: Date | null }, now: Date): Promise<Position> {
  await markMailSent(em, actor, mail, { providerId: found.providerId, at: found.at ?? now }, now);
  return ended('sent', 'the provider has it');
}
