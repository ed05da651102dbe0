import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { DirectPool } from '#db/live/direct.ts';
import { DomainError } from '#domain/errors.ts';

/** How often something may be tried: points per so many seconds. One row per limit. */
const LIMITS = {
  signInAccountMinute: [5, 60],
  signInAccountHour: [50, 3600],
  signInAddress: [20, 60],
  passwordChange: [5, 60],
  resetAccount: [3, 3600],
  resetAddress: [20, 3600],
  accountToken: [30, 60],
  invitation: [100, 3600],
  publicLink: [60, 60],
  publicAddress: [120, 60],
  publicFile: [300, 60],
  publicUpload: [60, 3600],
  linkRenewal: [3, 3600],
} as const satisfies Record<string, readonly [points: number, seconds: number]>;

export type LimitName = keyof typeof LIMITS;

export type Limits = {
  /** Counts one try; throws `too_many_requests` with `details.seconds` to wait. */
  readonly consume: (name: LimitName, key: string) => Promise<void>;
  /** Gives a try back, when it turned out to be honest. */
  readonly giveBack: (name: LimitName, key: string) => Promise<void>;
};

/** Counters in PostgreSQL, shared by all API processes. Keys are hashed: the table holds no addresses. */
export function createLimits(pool: DirectPool): Limits {
  const limiters = new Map(
    Object.entries(LIMITS).map(([name, [points, duration]]) => [
      name,
      new RateLimiterPostgres({
        storeClient: pool,
        storeType: 'pool',
        tableName: 'rate_limits',
        tableCreated: true,
        keyPrefix: name,
        points,
        duration,
      }),
    ]),
  );
  const of = (name: LimitName): RateLimiterPostgres => {
    const limiter = limiters.get(name);
    if (!limiter) throw new Error(`No limit is named ${name}.`);
    return limiter;
  };
  return {
    consume: async (name, key) => {
      await of(name).consume(hashed(key)).catch(refuse);
    },
    giveBack: async (name, key) => {
      await of(name).reward(hashed(key));
    },
  };
}

/** What an address counts as: IPv6 by its /64, since whoever has one address there has them all. */
export function addressKey(address: string): string {
  const plain = address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
  if (!isIPv6(plain)) return plain;
  return `${expandIPv6(plain).slice(0, 4).join(':')}::/64`;
}

function expandIPv6(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: Math.max(zeros, 0) }, () => '0'), ...after].map((part) =>
    (Number.parseInt(part, 16) || 0).toString(16),
  );
}

function hashed(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 32);
}

function refuse(reason: unknown): never {
  if (reason instanceof RateLimiterRes) {
    throw new DomainError('too_many_requests', { seconds: Math.ceil(reason.msBeforeNext / 1000) });
  }
  throw reason;
}
