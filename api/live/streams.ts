import type { Logger } from 'pino';
import { listen, type Listener } from '#db/live/direct.ts';

/** What the database announces of an event: ids and its name. */
export type Announcement = {
  readonly organisationId: string;
  readonly name: string;
  readonly workOrderId: string | null;
  readonly assignmentId: string | null;
};

export type Subscriber = {
  readonly onEvent: (announcement: Announcement) => void;
  /** Announcements may have been missed: whatever is shown should be fetched again. */
  readonly onGap: () => void;
  readonly onEnd: () => void;
};

/** Hands the events of each organisation to its open streams; one database connection per process, however many streams. */
export type LiveStreams = {
  readonly subscribe: (organisationId: string, subscriber: Subscriber) => () => void;
  readonly count: () => number;
  readonly endAll: () => void;
  readonly close: () => Promise<void>;
};

export async function openLiveStreams(url: string, log: Logger): Promise<LiveStreams> {
  const byOrganisation = new Map<string, Set<Subscriber>>();
  const everybody = (): Subscriber[] => [...byOrganisation.values()].flatMap((set) => [...set]);

  const onMessage = (payload: string): void => {
    const announcement = parseAnnouncement(payload);
    if (!announcement) return log.warn('unreadable live announcement');
    for (const subscriber of byOrganisation.get(announcement.organisationId) ?? []) subscriber.onEvent(announcement);
  };
  const onBreak = (): void => everybody().forEach((subscriber) => subscriber.onGap());
  const listener: Listener = await listen(url, 'gewerk_events', { onMessage, onBreak });

  return {
    subscribe: (organisationId, subscriber) => {
      const set = byOrganisation.get(organisationId) ?? new Set();
      byOrganisation.set(organisationId, set.add(subscriber));
      return () => {
        set.delete(subscriber);
        if (set.size === 0 && byOrganisation.get(organisationId) === set) byOrganisation.delete(organisationId);
      };
    },
    count: () => everybody().length,
    endAll: () => everybody().forEach((subscriber) => subscriber.onEnd()),
    close: () => listener.close(),
  };
}

function parseAnnouncement(payload: string): Announcement | null {
  try {
    const { o, e, w, a } = JSON.parse(payload) as Record<string, unknown>;
    if (typeof o !== 'string' || typeof e !== 'string') return null;
    return { organisationId: o, name: e, workOrderId: typeof w === 'string' ? w : null, assignmentId: typeof a === 'string' ? a : null };
  } catch {
    return null;
  }
}
