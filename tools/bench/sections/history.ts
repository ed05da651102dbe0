import { ALL_OPEN, growTo, type Stage } from '../data.ts';
import { ask } from '../http-client.ts';
import type { Finding } from '../report.ts';
import type { Stack } from '../stack.ts';

const MOST_EVENTS = 60;

/** The events of one assignment from offer to done, with two reminders. */
export async function measureHistory(stack: Stack, stage: Stage): Promise<Finding[]> {
  await growTo(stack.pool, stage, 400, ALL_OPEN);
  await Promise.all([stack.api(), stack.worker()]);
  const { rows } = await stack.pool.query<{ id: string }>(`select id from work_orders where organisation_id = $1 and status = 'open' and kind = 'ticket' order by id desc limit 1`, [stage.organisationId]);
  const account = `${stack.apiUrl}/api/v1/accounts/${stage.organisationId}`;
  const post = (path: string, body: object): Promise<unknown> => ask(`${account}${path}`, { method: 'POST', headers: { cookie: stage.cookie, origin: stack.apiUrl }, body: JSON.stringify(body) });
  const order = rows[0]?.id ?? '';
  await post(`/work-orders/${order}/assignments`, { firmId: stage.firmId });
  const assignments = await stack.pool.query<{ id: string }>('select id from assignments where work_order_id = $1', [order]);
  const id = assignments.rows[0]?.id ?? '';
  const settled = async (template: string, count: number): Promise<void> => {
    for (const until = Date.now() + 60_000; Date.now() < until; ) {
      const sent = await stack.pool.query<{ n: number }>(`select count(*)::int as n from outbound_mails where assignment_id = $1 and template like $2 and status in ('sent', 'delivered')`, [id, template]);
      if ((sent.rows[0]?.n ?? 0) >= count) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the ${count}. mail ${template} was not sent`);
  };
  await settled('assignment', 1);
  for (const count of [1, 2]) {
    await post(`/assignments/${id}/reminder`, {});
    await settled('%reminder', count);
  }
  await post(`/assignments/${id}/answer`, { step: 'accept', byName: 'Am Telefon' });
  await post(`/work-orders/${order}/steps`, { step: 'complete' });
  await post(`/work-orders/${order}/steps`, { step: 'close' });
  const handle = stack.temporal.workflow.getHandle(`assignment:${id}`);
  await handle.result();
  const { historyLength } = await handle.describe();
  return [{ what: 'an assignment from offer to done, two reminders', ours: `${historyLength} events`, goal: `≤ ${MOST_EVENTS} events`, isMet: historyLength <= MOST_EVENTS, figures: { events: historyLength } }];
}
