import { getPartnership, historyOf, partnerContact } from '#db/partnerships/queries.ts';
import type { Em } from '#db/orm.ts';
import type { MemberActor } from '#domain/actors.ts';
import { presentDetails } from './present.ts';
import type { PartnershipDetails } from './schema.ts';

/** A partnership with everything that its page shows; what a command has just changed is written first. */
export async function loadPartnershipDetails(em: Em, actor: MemberActor, id: string): Promise<PartnershipDetails> {
  await em.flush();
  const row = await getPartnership(em, actor, id);
  return presentDetails(row, actor, { contact: await partnerContact(em, row), history: await historyOf(em, row) });
}
