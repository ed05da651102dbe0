import type { QueryClient } from '@tanstack/react-query';
import { addressOf } from './http.ts';
import type { LiveMessage } from './types.ts';

/** How often open screens ask again while no stream is up, in milliseconds. */
const POLL_EVERY_MS = 30_000;
const RETRY_AFTER_MS = 5_000;
/** Somebody with streams in many browsers: this one polls, and looks for room again after a while. */
const CROWDED_FOR_MS = 10 * 60_000;

export type LiveState = 'live' | 'polling' | 'offline';
type Listener = (message: LiveMessage) => void;

const listeners = new Set<Listener>();

/** Hears every live message of the account, after the query cache was told. */
export function onLive(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Keeps open screens fresh: one tab of the browser holds the stream (a web lock elects it) and passes on what it hears
 * to the others; without a stream every tab polls. Returns the function that ends it.
 */
export function startLive(account: string, client: QueryClient, onState: (state: LiveState) => void): () => void {
  const channel = new BroadcastChannel(`gewerk-live-${account}`);
  const ended = new AbortController();
  let hasStream = false;

  const hear = (message: LiveMessage): void => {
    refresh(client, message);
    for (const listener of listeners) listener(message);
  };
  const settle = (isUp: boolean): void => {
    hasStream = isUp;
    onState(!navigator.onLine ? 'offline' : isUp ? 'live' : 'polling');
  };
  channel.onmessage = ({ data }: MessageEvent<{ up?: boolean; message?: LiveMessage; ask?: boolean }>) => {
    if (data.message) hear(data.message);
    if (data.up !== undefined) settle(data.up);
    if (data.ask && ownsStream) channel.postMessage({ up: hasStream });
  };

  let ownsStream = false;
  void whenElected(`gewerk-live-${account}`, ended.signal, async () => {
    ownsStream = true;
    await holdStream(account, ended.signal, (isUp) => {
      // After a gap something may have been missed: ask for everything once.
      if (isUp && !hasStream) void client.invalidateQueries();
      settle(isUp);
      channel.postMessage({ up: isUp });
    }, (message) => {
      hear(message);
      channel.postMessage({ message });
    });
  });
  channel.postMessage({ ask: true });

  const poll = setInterval(() => {
    if (!hasStream && navigator.onLine && !document.hidden) void client.invalidateQueries();
  }, POLL_EVERY_MS);
  const online = (): void => {
    settle(hasStream);
    if (navigator.onLine) void client.invalidateQueries();
  };
  window.addEventListener('online', online);
  window.addEventListener('offline', online);

  return () => {
    ended.abort();
    clearInterval(poll);
    window.removeEventListener('online', online);
    window.removeEventListener('offline', online);
    channel.close();
  };
}

/** What else an open screen may show of a topic; partners stand in the directory too, and what is open stands in the switcher. */
const ALSO: Readonly<Partial<Record<LiveMessage['topic'], readonly string[]>>> = {
  'work-orders': ['accounts', 'client-orders'],
  partners: ['partnerships', 'firms', 'accounts', 'workspaces', 'assets'],
};

function refresh(client: QueryClient, message: LiveMessage): void {
  for (const key of [message.topic, 'account', ...(ALSO[message.topic] ?? [])]) void client.invalidateQueries({ queryKey: [key] });
}

/** Runs `work` in one tab at a time; where locks are absent (plain http from afar) in each. */
async function whenElected(name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  await navigator.locks.request(name, { signal }, work).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

async function holdStream(
  account: string,
  signal: AbortSignal,
  onUp: (isUp: boolean) => void,
  onMessage: Listener,
): Promise<void> {
  while (!signal.aborted) {
    const why = await listenOnce(addressOf(`/accounts/${account}/events`), signal, onUp, onMessage);
    onUp(false);
    await pause(why === 'crowded' ? CROWDED_FOR_MS : RETRY_AFTER_MS, signal);
  }
}

/** Ends when the stream breaks for good or the signal aborts; short breaks are mended by EventSource itself. */
function listenOnce(address: string, signal: AbortSignal, onUp: (isUp: boolean) => void, onMessage: Listener): Promise<'ended' | 'crowded'> {
  return new Promise((resolve) => {
    const source = new EventSource(address, { withCredentials: true });
    const endAs = (why: 'ended' | 'crowded') => (): void => {
      source.close();
      resolve(why);
    };
    const end = endAs('ended');
    source.onopen = () => onUp(true);
    source.onerror = () => (source.readyState === EventSource.CLOSED ? end() : onUp(false));
    source.addEventListener('changed', (event: MessageEvent<string>) => {
      try {
        onMessage(JSON.parse(event.data) as LiveMessage);
      } catch {
        // A line that is no JSON says that something changed, but not what.
      }
    });
    source.addEventListener('crowded', endAs('crowded'));
    signal.addEventListener('abort', end, { once: true });
  });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
