import { Attachment } from '#db/attachments/entity.ts';
import { Comment } from '#db/comments/entity.ts';
import { wordsOf } from '#domain/words/index.ts';
import type { FileResult, FormFault } from '#templates/render.ts';
import { idOf } from '../schema.ts';
import { goTo, page, saidBy, type PageAnswer, type PageContext } from './context.ts';
import { emptyFault, giveMessage, messageForm, refusedResults, resultsOf, saidBefore, saysSomething } from './give-message.ts';
import { loadMessages } from './messages.ts';
import { standing } from './notices.ts';
import { orderPage } from './order-page.ts';
import { sideOf } from './side.ts';
import { readWho, speaking } from './who.ts';
import { workFacts } from './work-facts.ts';

type Step = 'nachrichten' | 'dateien';
type Shown = { readonly faults?: readonly FormFault[]; readonly results?: readonly FileResult[] };

/** `GET /a/:token/nachrichten` and `/dateien`: the conversation, or the files alone. Both stay open after closing and a late answer. */
export function conversationPage(step: Step) {
  return async (context: PageContext): Promise<PageAnswer> => (maySpeak(context) ? show(context, step, {}) : orderPage(context));
}

/** `POST` of either: a message with words, files or both. */
export function sendMessage(step: Step) {
  return async (context: PageContext): Promise<PageAnswer> => {
    if (!maySpeak(context)) return orderPage(context);
    const before = await saidBefore(context);
    if (before) return { ...goTo(context, step, { ok: 'message_sent', message: before.id }), keepsFiles: false };
    const { speaker, faults: whoFaults } = readWho(context);
    const faults = [...(saysSomething(context) ? [] : [emptyFault(context, step === 'nachrichten')]), ...whoFaults];
    if (!speaker || faults.length > 0) return show(context, step, { faults, results: refusedResults(context.form.refused) });
    const comment = await giveMessage(context, speaking(context.actor, speaker));
    return goTo(context, step, { ok: 'message_sent', message: comment.id });
  };
}

/** What became of the files of the message that the address names; only of one's own. */
export async function sentResults(context: PageContext): Promise<FileResult[]> {
  const { em, req, opened } = context;
  const id = idOf(req.query['message']);
  if (!id) return [];
  const { organisationId, workOrderId } = sideOf(context);
  const own = { assignmentId: opened.link.assignmentId ?? null, authorObserverId: opened.link.observerId ?? null };
  const comment = await em.findOne(Comment, { organisationId, workOrderId, id, ...own });
  if (!comment) return [];
  const files = await em.find(Attachment, { organisationId, commentId: comment.id, removedAt: null }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  return resultsOf(comment, files.map((one) => one.name));
}

function maySpeak({ view }: PageContext): boolean {
  return [null, 'closed', 'late_answer'].includes(standing(view));
}

async function show(context: PageContext, step: Step, shown: Shown): Promise<PageAnswer> {
  const { base, view, locale, req } = context;
  const { order, assignment } = view;
  const faults = shown.faults ?? [];
  const results = shown.results ?? (await sentResults(context));
  const form = messageForm(context, { faults, results });
  const common = { ...base, work: await workFacts(context), form, isSent: saidBy(req) === 'message_sent' && faults.length === 0 };
  const status = faults.length > 0 ? 422 : 200;
  if (step === 'dateien') return page('upload', common, status);
  return page('conversation', {
    ...common,
    status: order.status,
    waitingReason: order.waitingReason ? (order.waitingNote ?? wordsOf(locale).holdReason[order.waitingReason]) : null,
    promisedFrom: assignment?.promisedFrom ?? null,
    promisedTo: assignment?.promisedUntil ?? null,
    ...(await loadMessages(context)),
  }, status);
}
