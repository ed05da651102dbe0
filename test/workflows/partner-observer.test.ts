import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '#activities/create.ts';
import { wantedProcesses } from '#db/processes/queries-missing.ts';
import { addComment } from '#db/comments/commands.ts';
import { addObserver, removeObserver } from '#db/observers/commands.ts';
import { emFor, systemEm } from '#db/orm.ts';
import { anAssignment, aWorkOrder } from '../support/builders.ts';
import { aPartner, aShare, partnerActor } from '../support/partners.ts';
import { asCoordinator, openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

/** A lift company at work, a painter that is told daily, and a tenant who is told at once. */
async function aWatchedOrder() {
  const { orm, cast, coordinator } = stage;
  const o = cast.organisation.id;
  const lift = await aPartner(orm, cast, new Date(), { name: 'Treppner Aufzüge', showsPeople: true });
  const painter = await aPartner(orm, cast, new Date(), { name: 'Malerbetrieb Gegenwort' });
  for (const one of [lift, painter]) await aShare(orm, one, cast.workspace.id);
  await stage.query(`update users set name = 'Lina Seilwart' where id = $1`, [lift.own.coordinator.user.id]);
  const order = await aWorkOrder(orm, o, cast.workspace.id, { status: 'accepted' });
  const { firmId, id: partnershipId } = lift.partnership;
  await anAssignment(orm, o, order.id, { kind: 'partner', firmId, partnershipId, status: 'accepted' });
  const observer = await asCoordinator(stage, (em) => addObserver(em, coordinator, { workOrderId: order.id, partnershipId: painter.partnership.id, choice: 'daily' }, new Date()));
  await asCoordinator(stage, (em) => addObserver(em, coordinator, { workOrderId: order.id, email: 'mieterin@haus.example' }, new Date()));
  return { lift, painter, order, observer };
}

test('a partner that watches is told as was chosen for it, and neither it nor a tenant learns who does the work', async () => {
  const { lift, painter, order, observer } = await aWatchedOrder();
  const theirs = partnerActor(lift);
  await emFor(stage.orm, theirs).transactional((em) => addComment(em, theirs, { workOrderId: order.id, visibility: 'shared', body: 'Seil getauscht' }, new Date()));
  const tenants = await stage.mailbox.mailTo('mieterin@haus.example', { tag: 'comment-digest' });
  const readers = [painter.own.admin, painter.own.coordinator].map(({ user }) => user.email);
  for (const email of readers) expect(await stage.mailbox.mailsNow(email)).toEqual([]);
  // The reconciler leaves to the daily round what is the daily round's.
  const wanted = await systemEm(stage.orm, order.organisationId).transactional((em) => wantedProcesses(em, order.organisationId, new Date(Date.now() + 300_000)));
  expect(wanted.filter((one) => one.workflowId.includes(`partner:${painter.partnership.id}`))).toEqual([]);
  const activities = createActivities(stage.deps);
  await new MockActivityEnvironment().run(activities.queueDailyDigests, '2026-12-01T06:00:00Z');
  const daily = await Promise.all(readers.map((email) => stage.mailbox.mailTo(email, { tag: 'daily-digest' })));
  for (const mail of [tenants, ...daily]) {
    expect(mail.text).toMatch(/Auftragnehmer:\n\s+Seil getauscht/);
    for (const word of ['Treppner', 'Seilwart']) expect(mail.text).not.toContain(word);
  }
  const watcher = partnerActor(painter);
  await emFor(stage.orm, watcher).transactional((em) => removeObserver(em, watcher, { observerId: observer.id }, new Date()));
  await emFor(stage.orm, theirs).transactional((em) => addComment(em, theirs, { workOrderId: order.id, visibility: 'shared', body: 'Fertig geschmiert' }, new Date()));
  expect(await stage.query(`select 1 from digest_items where recipient like $1 and mail_id is null`, [`partner:${painter.partnership.id}%`])).toEqual([]);
});
