import type { EventName } from '#domain/events.ts';
import { queueMail } from '../mails/queue.ts';
import { asSystem, type Em } from '../orm.ts';
import type { Partnership } from './entity.ts';
import { invitersOf } from './invitation-mails.ts';
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
  const { organisationId, id } = partnership;
  const readers = await asSystem(em, async () => (side === 'client' ? readersOfClient(em, partnership) : administratorsOf(em, partnership)));
  for (const to of readers) {
    await queueMail(em, {
      template: 'partnership-ending',
      organisationId,
      partnershipId: id,
      to,
      party: null,
      cause: CAUSES[news],
      onceKey: `ending:${id}:${news}:${side}:${now.getTime()}:${to.userId}`,
      parameters: { ...more, partnershipId: id, news, side, endsOn: partnership.endsOn ?? null },
    }, now);
  }
}

async function readersOfClient(em: Em, partnership: Partnership) {
  return (await invitersOf(em, partnership)).map((user) => ({ email: user.email, name: user.name, userId: user.id, locale: user.locale }));
}
