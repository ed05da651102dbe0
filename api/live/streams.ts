import type { Logger } from 'pino';
import { listen, type Listener } from '#db/live/direct.ts';
import { createRegistry, type Announcement, type Reader, type Subscriber } from './registry.ts';

/** Hands the events of each organisation to its open streams; one database connection per process, however many streams. */
export type LiveStreams = {
  /** Returns how to leave; null where the process has room for no more. */
  readonly subscribe: (reader: Reader, subscriber: Subscriber) => (() => void) | null;
  readonly count: () => number;
  readonly endAll: () => void;
  readonly close: () => Promise<void>;
};

export async function openLiveStreams(url: string, log: Logger): Promise<LiveStreams> {
  const registry = createRegistry();
  const onMessage = (payload: string): void => {
    const announcement = parseAnnouncement(payload);
    if (!announcement) return log.warn('unreadable live announcement');
    for (const subscriber of registry.of(announcement.organisationId)) subscriber.onEvent(announcement);
  };
  const onBreak = (): void => registry.all().forEach((subscriber) => subscriber.onGap());
  const listener: Listener = await listen(url, 'gewerk_events', { onMessage, onBreak });
  return {
    subscribe: registry.add,
    count: () => registry.all().length,
    endAll: () => registry.all().forEach((subscriber) => subscriber.onEnd()),
    close: () => listener.close(),
  };
}

function parseAnnouncement(payload: string): Announcement | null {
  try {
    const { o, e, w, a, j, s, v } = JSON.parse(payload) as Record<string, unknown>;
    if (typeof o !== 'string' || typeof e !== 'string') return null;
    return { organisationId: o, name: e, workOrderId: textOf(w), assignmentId: textOf(a), subjectId: textOf(j), authorOrganisationId: textOf(s), visibility: textOf(v) };
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
