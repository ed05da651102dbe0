import { ALL_OPEN, growTo, layCorrespondence, type Stage } from '../data.ts';
import { ask } from '../http-client.ts';
import { inboundMail } from '../inbound-mail.ts';
import { compare, perSecond } from '../measure.ts';
import { ms, number, times, type Finding } from '../report.ts';
import { WEBHOOK_AUTH, type Stack } from '../stack.ts';

const AT_ONCE = 16;
const MAILS = 600;

/** How fast a mail is taken in; no worker runs, since no answer waits for one. */
export async function measureWebhook(stack: Stack, stage: Stage): Promise<Finding[]> {
  await growTo(stack.pool, stage, 1_000, ALL_OPEN);
  const writers = await layCorrespondence(stack.pool, stage, 40);
  let next = 0;
  const mail = (): string => inboundMail(writers[next++ % writers.length] ?? { orderId: '', key: '', email: '' });
  const post = (): Promise<unknown> => ask(`${stack.apiUrl}/webhooks/postmark/inbound`, { method: 'POST', headers: { authorization: WEBHOOK_AUTH }, body: mail() });
  const postBare = (): Promise<unknown> => ask(`${stack.bareUrl}/inbound`, { method: 'POST', body: mail() });
  const { ours, bare } = await compare({ server: await stack.api(), ask: post }, { server: await stack.bareServer(), ask: postBare });
  const rate = await perSecond(MAILS, AT_ONCE, post);
  const bareRate = await perSecond(MAILS, AT_ONCE, postBare);
  await stack.pool.query('delete from outbox');
  await stack.pool.query('delete from inbound_mails');
  const ratio = ours.p50Ms / bare.p50Ms;
  return [
    {
      what: 'inbound webhook answered', ours: `p50 ${ms(ours.p50Ms)}, ${ms(ours.cpuMs)} CPU`, bare: `p50 ${ms(bare.p50Ms)}, ${ms(bare.cpuMs)} CPU`,
      goal: `p50 ≤ 8 × bare (${times(ratio)})`, isMet: ratio <= 8, figures: { ratio, p50Ms: ours.p50Ms, p95Ms: ours.p95Ms, cpuMs: ours.cpuMs, bareP50Ms: bare.p50Ms, bareCpuMs: bare.cpuMs },
    },
    { what: `inbound webhook, ${AT_ONCE} at once`, ours: `${number(rate)}/s`, bare: `${number(bareRate)}/s`, goal: '≥ 100/s', isMet: rate >= 100, figures: { rate, bareRate } },
  ];
}
