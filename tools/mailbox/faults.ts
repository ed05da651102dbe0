import { z } from 'zod';

// Faults that tests order for the next sending calls. They live in memory only: a restart is a healthy service.
export const faultShape = z.strictObject({
  kind: z.enum([
    'error_after_accept',
    'cut_after_accept',
    'wrong_json_after_accept',
    'delay_after_accept',
    'cut_before_accept',
    'error_before_accept',
    'rate_limit',
    'network_filter',
  ]),
  /** How many calls it strikes. */
  count: z.int().min(1).max(100_000).default(1),
  /** For the two errors: HTTP status and ErrorCode (500 and 101, or 503 and 100). */
  status: z.int().min(400).max(599).default(500),
  errorCode: z.int().default(101),
  /** For delay_after_accept. */
  delayMs: z.int().min(0).max(600_000).default(0),
  /** For rate_limit. */
  retryAfterSeconds: z.int().min(0).max(3600).default(1),
  /** Strikes only mails one of whose recipients contains this. */
  to: z.string().optional(),
});

export type Fault = z.infer<typeof faultShape>;
export type FaultOrder = z.input<typeof faultShape>;

/** The faults still to come, in the order they were asked for. */
export class Faults {
  #waiting: Fault[] = [];

  add(fault: Fault): void {
    this.#waiting.push(fault);
  }

  list(): Fault[] {
    return this.#waiting;
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Takes the first fault that fits a call to these recipients, or null. */
  take(recipients: string): Fault | null {
    const fault = this.#waiting.find(({ to }) => to === undefined || recipients.toLowerCase().includes(to.toLowerCase()));
    if (!fault) return null;
    fault.count -= 1;
    if (fault.count === 0) this.#waiting = this.#waiting.filter((other) => other !== fault);
    return fault;
  }
}
