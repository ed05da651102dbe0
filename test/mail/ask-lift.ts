import { assignWork } from '#db/assignments/assign.ts';
import type { Assignment } from '#db/assignments/entity.ts';
import type { WorkOrder } from '#db/work-orders/entity.ts';
import { aWorkOrder } from '../support/builders.ts';
import { aPartner, aShare, type PartnerCast } from '../support/partners.ts';
import { as, type MailStage, NOW } from './stage.ts';

/** An order of the stage's organisation that a partner was asked to do. */
export async function askLift({ orm, cast, coordinator }: MailStage, wish: Partial<WorkOrder>): Promise<{ lift: PartnerCast; order: WorkOrder; assignment: Assignment }> {
  const lift = await aPartner(orm, cast, NOW);
  await aShare(orm, lift, cast.workspace.id);
  const order = await aWorkOrder(orm, cast.organisation.id, cast.workspace.id, wish);
  const assignment = await as(orm, coordinator, (em) => assignWork(em, coordinator, { workOrderId: order.id, firmId: lift.partnership.firmId }, NOW));
  return { lift, order, assignment };
}
