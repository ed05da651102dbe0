import type { MemberActor } from '#domain/actors.ts';
import type { NotifyChoice } from '#domain/statuses.ts';
import type { Em } from '../../orm.ts';
import { getOwnMembership } from '../queries.ts';

/** How the actor wants to be told of news in this organisation. */
export async function chooseNotifications(
  em: Em,
  actor: MemberActor,
  input: { readonly notifyChoice: NotifyChoice },
): Promise<{ notifyChoice: NotifyChoice }> {
  const membership = await getOwnMembership(em, actor);
  membership.notifyChoice = input.notifyChoice;
  await em.flush();
  return { notifyChoice: membership.notifyChoice };
}
