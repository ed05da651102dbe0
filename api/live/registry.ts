/** What the database announces of an event: ids and its name. */
export type Announcement = {
  readonly organisationId: string;
  readonly name: string;
  readonly workOrderId: string | null;
  readonly assignmentId: string | null;
  readonly subjectId: string | null;
  /** Set where only this organisation's people are told. */
  readonly authorOrganisationId: string | null;
  readonly visibility: string | null;
};

export type Subscriber = {
  readonly onEvent: (announcement: Announcement) => void;
  /** Announcements may have been missed: whatever is shown should be fetched again. */
  readonly onGap: () => void;
  /** A newer stream of the same user takes its place: its reader asks from time to time instead. */
  readonly onCrowded: () => void;
  readonly onEnd: () => void;
};

export type Reader = { readonly organisationId: string; readonly userId: string };

/** A browser holds one stream for all of its tabs, so eight are eight browsers; a process keeps room for requests. */
export const STREAM_LIMITS = { perUser: 8, perProcess: 2_000 } as const;

/** The open streams of this process. */
export type Registry = {
  /** Ends the user's oldest stream where they have too many; null where the process has room for no more. */
  readonly add: (reader: Reader, subscriber: Subscriber) => (() => void) | null;
  readonly of: (organisationId: string) => readonly Subscriber[];
  readonly all: () => readonly Subscriber[];
};

type Entry = { readonly reader: Reader; readonly subscriber: Subscriber };

export function createRegistry(limits: { readonly perUser: number; readonly perProcess: number } = STREAM_LIMITS): Registry {
  /** Oldest first. */
  const entries = new Set<Entry>();
  const byOrganisation = new Map<string, Set<Entry>>();

  const leave = (entry: Entry): void => {
    entries.delete(entry);
    const { organisationId } = entry.reader;
    const set = byOrganisation.get(organisationId);
    if (set?.delete(entry) && set.size === 0) byOrganisation.delete(organisationId);
  };
  const makeRoom = ({ userId }: Reader): void => {
    const own = [...entries].filter((one) => one.reader.userId === userId);
    for (const oldest of own.slice(0, Math.max(0, own.length + 1 - limits.perUser))) {
      leave(oldest);
      oldest.subscriber.onCrowded();
    }
  };
  return {
    add: (reader, subscriber) => {
      makeRoom(reader);
      if (entries.size >= limits.perProcess) return null;
      const entry = { reader, subscriber };
      entries.add(entry);
      byOrganisation.set(reader.organisationId, (byOrganisation.get(reader.organisationId) ?? new Set()).add(entry));
      return () => leave(entry);
    },
    of: (organisationId) => [...(byOrganisation.get(organisationId) ?? [])].map((one) => one.subscriber),
    all: () => [...entries].map((one) => one.subscriber),
  };
}
