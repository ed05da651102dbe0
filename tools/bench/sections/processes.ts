import { randomUUID } from 'node:crypto';
import { ALL_OPEN, growTo, layCorrespondence, type Stage } from '../data.ts';
import { CommentWatch } from '../comment-watch.ts';
import { ask } from '../http-client.ts';
import { inboundMail } from '../inbound-mail.ts';
import { percentile, perSecond, timed } from '../measure.ts';
import { ms, number, times, type Finding } from '../report.ts';
import { WEBHOOK_AUTH, type Stack } from '../stack.ts';

const SINGLE = 30;
const SUSTAINED = 240;
const AT_ONCE = 16;

/** What passes through Temporal, beside a workflow of one empty activity on the same server. */
export async function measureProcesses(stack: Stack, stage: Stage): Promise<Finding[]> {
  await growTo(stack.pool, stage, 400, ALL_OPEN);
  await stack.api();
  await Promise.all([stack.worker(), stack.bareWorker()]);
  const watch = await CommentWatch.open(stack.databaseUrl);
  try {
    const writers = await layCorrespondence(stack.pool, stage, 50);
    let next = 0;
    const post = (): Promise<unknown> =>
      ask(`${stack.apiUrl}/webhooks/postmark/inbound`, { method: 'POST', headers: { authorization: WEBHOOK_AUTH }, body: inboundMail(writers[next++ % writers.length] ?? { orderId: '', key: '', email: '' }) });
    const single = await oneByOne(stack, stage, watch, post);
    const bareRate = await perSecond(SUSTAINED, AT_ONCE, () => bareWorkflow(stack));
    const rate = await sustained(watch, post);
    const share = rate / bareRate;
    return [...single, {
      what: `inbound mails to comments, ${SUSTAINED} with ${AT_ONCE} at once`, ours: `${number(rate)}/s`, bare: `${number(bareRate)}/s`, goal: `≥ 0.6 × bare workflow (${times(share)})`, isMet: share >= 0.6, figures: { rate, bareRate, share },
    }];
  } finally {
    await watch.close();
  }
}

async function bareWorkflow(stack: Stack): Promise<void> {
  await stack.temporal.workflow.execute('bareWorkflow', { workflowId: `bare:${randomUUID()}`, taskQueue: 'bare' });
}

/** By turns: a bare workflow, a mail to its comment, a click to its mail. */
async function oneByOne(stack: Stack, stage: Stage, watch: CommentWatch, post: () => Promise<unknown>): Promise<Finding[]> {
  const taken = { bare: [] as number[], comment: [] as number[], assign: [] as number[] };
  const orders = await stack.pool.query<{ id: string }>(`select id from work_orders where organisation_id = $1 and status = 'open' and kind = 'ticket' order by id limit $2`, [stage.organisationId, SINGLE + 3]);
  for (const [n, { id }] of orders.rows.entries()) {
    const bare = await timed(() => bareWorkflow(stack));
    const seen = watch.seen;
    const comment = await timed(async () => Promise.all([watch.until(seen + 1), post()]));
    const assign = await assignToMail(stack, stage, id);
    // The first ones warm everything up.
    if (n < 3) continue;
    taken.bare.push(bare);
    taken.comment.push(comment);
    taken.assign.push(assign);
  }
  const bare = percentile(taken.bare, 50);
  const line = (what: string, values: readonly number[], allowed: number): Finding => {
    const p50Ms = percentile(values, 50);
    return { what, ours: `p50 ${ms(p50Ms)}`, bare: `p50 ${ms(bare)}`, goal: `p50 ≤ ${allowed} × bare workflow (${times(p50Ms / bare)})`, isMet: p50Ms <= allowed * bare, figures: { p50Ms, p95Ms: percentile(values, 95), bareP50Ms: bare, ratio: p50Ms / bare } };
  };
  return [line('inbound mail → comment visible', taken.comment, 2), line('click assign → mail handed over', taken.assign, 3)];
}

/** From the click to the moment the provider notes down. */
async function assignToMail(stack: Stack, stage: Stage, orderId: string): Promise<number> {
  const startedAt = Date.now();
  await ask(`${stack.apiUrl}/api/v1/accounts/${stage.organisationId}/work-orders/${orderId}/assignments`, {
    method: 'POST', headers: { cookie: stage.cookie, origin: stack.apiUrl }, body: JSON.stringify({ firmId: stage.firmId }),
  });
  const rows = await stack.pool.query<{ id: string; to_email: string }>(`select id, to_email from outbound_mails where work_order_id = $1 and template = 'assignment'`, [orderId]);
  const row = rows.rows[0];
  const mail = await stack.mailbox.mailTo(row?.to_email ?? '', { metadata: { mail_id: row?.id ?? '' }, timeoutMs: 60_000 });
  return Date.parse(mail.at) - startedAt;
}

async function sustained(watch: CommentWatch, post: () => Promise<unknown>): Promise<number> {
  const seen = watch.seen;
  const took = await timed(async () => Promise.all([watch.until(seen + SUSTAINED), perSecond(SUSTAINED, AT_ONCE, post)]));
  return (SUSTAINED * 1000) / took;
}
