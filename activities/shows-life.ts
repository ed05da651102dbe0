import { Context } from '@temporalio/activity';

/** The heartbeat timeouts in `workflows/proxies.ts` are a few times as long. */
const EVERY_MS = 5_000;

/**
 * Shows that the worker lives for as long as an activity runs. One whose worker has died is tried again after its
 * heartbeat timeout, not only when all of its time is over. Activities without such a timeout are left alone.
 */
export function showsLife<A extends unknown[], R>(activity: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  return async (...args) => {
    const context = awaitedContext();
    if (!context) return activity(...args);
    const timer = setInterval(() => context.heartbeat(), EVERY_MS);
    try {
      return await activity(...args);
    } finally {
      clearInterval(timer);
    }
  };
}

/** Null where nobody waits for signs of life: outside of a worker, and in local activities. */
function awaitedContext(): Context | null {
  try {
    const context = Context.current();
    return context.info.isLocal || !context.info.heartbeatTimeoutMs ? null : context;
  } catch {
    return null;
  }
}
