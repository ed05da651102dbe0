import { setTimeout as delay } from 'node:timers/promises';

/** Longer than any part needs to come back on a slow machine, and than any activity's time of silence. */
const PATIENCE_MS = 120_000;

/** Asks again until something is there; throws the last reason when the time is over. */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false>, withinMs = PATIENCE_MS): Promise<T> {
  const end = Date.now() + withinMs;
  let reason: unknown = 'it never came';
  while (Date.now() < end) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      reason = error;
    }
    await delay(150);
  }
  throw new Error(`${what}: not within ${withinMs / 1000} s`, { cause: reason });
}

/**
 * Sends a request as somebody would who presses the button again until it works: no answer and a fault of the server are
 * tried again with the very same request, any other answer is the answer.
 */
export async function insist(url: string, init: RequestInit & { redirect?: 'manual' }): Promise<Response> {
  return until(`${init.method ?? 'GET'} ${new URL(url).pathname}`, async () => {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(20_000) });
    if (response.status < 500) return response;
    throw new Error(`answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  });
}
