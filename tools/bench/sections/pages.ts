import { hashToken } from '#db/assignments/links.ts';
import { newSecret } from '#db/users/secrets.ts';
import { growTo, layConversation, type Stage } from '../data.ts';
import { ask } from '../http-client.ts';
import { compare, type Comparison } from '../measure.ts';
import { ms, times, type Finding } from '../report.ts';
import type { Stack } from '../stack.ts';

const LINKS = 200;
const PUBLIC_LIMIT_KB = 60;

/** One order with 50 comments by the portal's call and on the public page, and creating one. */
export async function measurePages(stack: Stack, stage: Stage): Promise<Finding[]> {
  await growTo(stack.pool, stage, 1_000);
  const tokens = Array.from({ length: LINKS }, () => newSecret().token);
  const { orderId } = await layConversation(stack.pool, stage, tokens.map(hashToken));
  const account = `${stack.apiUrl}/api/v1/accounts/${stage.organisationId}`;
  const headers = { cookie: stage.cookie, origin: stack.apiUrl };
  const [api, bare] = [await stack.api(), await stack.bareServer()];
  const bareOrder = { server: bare, ask: () => ask(`${stack.bareUrl}/order?organisation=${stage.organisationId}&id=${orderId}`) };
  const inTurn = everyTime(tokens);

  const order = await compare({ server: api, ask: () => ask(`${account}/work-orders/${orderId}`, { headers }) }, bareOrder);
  const page = await compare({ server: api, ask: () => ask(`${stack.apiUrl}/a/${inTurn()}/nachrichten`, { headers: anybody() }) }, bareOrder);
  const body = (): string => JSON.stringify({ title: 'Neue Meldung am Eingang', description: 'Bitte ansehen.', workspaceId: stage.workspaceId });
  const created = await compare(
    { server: api, ask: () => ask(`${account}/work-orders`, { method: 'POST', headers, body: body() }) },
    { server: bare, ask: () => ask(`${stack.bareUrl}/create?organisation=${stage.organisationId}`, { method: 'POST', body: body() }) },
  );
  return [
    lineOf('one order with 50 comments, one call', order, 10),
    lineOf('public page with 50 comments', page, 8),
    await weightOf(stack, tokens[0] ?? ''),
    lineOf('create an order', created, 10),
  ];
}

function lineOf(what: string, { ours, bare }: Comparison, allowed: number): Finding {
  const ratio = ours.cpuMs / bare.cpuMs;
  return {
    what,
    ours: `${ms(ours.cpuMs)} CPU, p50 ${ms(ours.p50Ms)}`,
    bare: `${ms(bare.cpuMs)} CPU, p50 ${ms(bare.p50Ms)}`,
    goal: `CPU ≤ ${allowed} × bare (${times(ratio)})`,
    isMet: ratio <= allowed,
    figures: { ratio, cpuMs: ours.cpuMs, p50Ms: ours.p50Ms, p95Ms: ours.p95Ms, bareCpuMs: bare.cpuMs, bareP50Ms: bare.p50Ms },
  };
}

/** What a phone loads for the page: its HTML, style and script, uncompressed. */
async function weightOf(stack: Stack, token: string): Promise<Finding> {
  const { text: html } = await ask(`${stack.apiUrl}/a/${token}/nachrichten`, { headers: anybody() });
  const parts = [...html.matchAll(/<(?:link rel="stylesheet" href|script src)="([^"]+)"/g)].map((match) => match[1] ?? '');
  const sizes = await Promise.all(parts.map(async (path) => Buffer.byteLength((await ask(new URL(path, stack.apiUrl).href)).text)));
  const kilobytes = [Buffer.byteLength(html), ...sizes].reduce((sum, size) => sum + size, 0) / 1024;
  return {
    what: 'public page: HTML, CSS and script', ours: `${kilobytes.toFixed(1)} KB in ${parts.length + 1} files`, goal: `≤ ${PUBLIC_LIMIT_KB} KB uncompressed`,
    isMet: kilobytes <= PUBLIC_LIMIT_KB, figures: { kilobytes, files: parts.length + 1 },
  };
}

/** A visitor from an address of their own. */
function anybody(): { 'x-forwarded-for': string } {
  const part = (): number => Math.floor(Math.random() * 250) + 1;
  return { 'x-forwarded-for': `10.${part()}.${part()}.${part()}` };
}

/** Goes round: no link is asked for more often than its limit allows. */
function everyTime<T>(values: readonly T[]): () => T {
  let next = 0;
  return () => values[next++ % values.length] as T;
}
