import { z } from 'zod';
import { EVENTS, type LiveTopic } from '#domain/events.ts';
import { Id } from '../schema.ts';

const TOPICS = [...new Set(Object.values(EVENTS).flatMap((spec): readonly LiveTopic[] => spec.live))];

/** Something has changed: whose list, of which order, by which event; what it is now, the receiver asks. */
export const LiveMessage = z.object({ topic: z.enum(TOPICS), workOrderId: Id.nullable(), name: z.string() });
export type LiveMessage = z.infer<typeof LiveMessage>;

/** Data of the events of a live stream. */
export const LIVE_EVENTS = {
  changed: LiveMessage,
  /** The user has too many streams, or the process can hold no more: the receiver asks from time to time instead. */
  crowded: z.object({}),
} as const;
