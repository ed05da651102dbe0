import type { EventName } from '#domain/events.ts';
import type { Locale } from '#domain/statuses.ts';
import { queueMail } from '../mails/queue.ts';
import { asSystem, type Em } from '../orm.ts';
import type { User } from '../users/entity.ts';
import type { Partnership } from './entity.ts';
import { clientAdministrators, invitersOf } from './invitation-mails.ts';
import { administratorsOf } from './people.ts';

export type PartnershipSide = 'client' | 'partner';

/** What is told of an ending: announced, taken back, or that the last day is over. */
export type EndingNews = 'announced' | 'kept' | 'over';

const CAUSES: Readonly<Record<EndingNews, EventName>> = {
  announced: 'partnership.ending', kept: 'partnership.ending_withdrawn', over: 'partnership.last_day_over',
};

export function otherSideOf(side: PartnershipSide): PartnershipSide {
  return side === 'client' ? 'partner' : 'client';
}

/** Tells one side: of the client whoever has invited, else its administrators; of the partner its administrators. */
export async function tellOfEnding(
  em: Em, partnership: Partnership, side: PartnershipSide, news: EndingNews, now: Date, more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const readers = await asSystem(em, async () => (side === 'client' ? readersOf(await invitersOf(em, partnership)) : administratorsOf(em, partnership)));
  await queueTo(em, partnership, readers, { ...more, news, side }, now);
}

/** Tells the side that acts what one of its own has done: its administrators and whoever has invited, but not whoever did it. */
export async function tellColleagues(em: Em, partnership: Partnership, { side, news, byUserId }: { side: PartnershipSide; news: EndingNews; byUserId: string }, now: Date): Promise<void> {
  const readers = await asSystem(em, async () => {
    if (side === 'partner') return administratorsOf(em, partnership);
    const users = [...(await invitersOf(em, partnership)), ...(await clientAdministrators(em, partnership))];
    return readersOf([...new Map(users.map((user) => [user.id, user])).values()]);
  });
  await queueTo(em, partnership, readers.filter((one) => one.userId !== byUserId), { news, side, byUserId }, now);
}

type Reader = { readonly email: string; readonly name: string | null; readonly userId: string | null; readonly locale: Locale };
type Told = { readonly news: EndingNews; readonly side: PartnershipSide } & Readonly<Record<string, unknown>>;

async function queueTo(em: Em, { organisationId, id, endsOn }: Partnership, readers: readonly Reader[], told: Told, now: Date): Promise<void> {
  for (const to of readers) {
    await queueMail(em, {
      template: 'partnership-ending',
      organisationId,
      partnershipId: id,
      to,
      party: null,
      cause: CAUSES[told.news],
      onceKey: `ending:${id}:${told.news}:${told.side}:${now.getTime()}:${to.userId}`,
      parameters: { ...told, partnershipId: id, endsOn: endsOn ?? null },
    }, now);
  }
}

function readersOf(users: readonly User[]): Reader[] {
  return users.map((user) => ({ email: user.email, name: user.name, userId: user.id, locale: user.locale }));
}
