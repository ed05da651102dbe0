import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ActivityDeps } from '#activities/deps.ts';
import { mailActivities } from '#activities/mails/send-mail.ts';
import type { Letter } from '#activities/postmark.ts';
import { takeProcessStep } from '#db/assignments/process-steps.ts';
import { systemEm } from '#db/orm.ts';
import { stepKey, type StepAction } from '#domain/escalation/plan.ts';
import { aPartner, aShare, type PartnerCast } from '../support/partners.ts';
import { anOrderOf, aPartnerStage, type Stage } from './partner-stage.ts';

let stage: Stage;
let gone: PartnerCast;
beforeAll(async () => {
  stage = await aPartnerStage();
  gone = await aPartner(stage.api.orm, stage.client, stage.api.now(), { name: 'Verwaiste Technik' });
  await aShare(stage.api.orm, gone, stage.client.workspace.id);
  await query('update memberships set removed_at = now() where organisation_id = $1', gone.own.organisation.id);
});
afterAll(() => stage.api.stop());

const query = <T extends object>(sql: string, ...values: unknown[]): Promise<T[]> => stage.api.database.query<T>(sql, values);

async function takeStep(action: StepAction, partner: PartnerCast) {
  const isAsked = action === 'remind';
  const { order, assignment } = await anOrderOf(stage, partner, { status: isAsked ? 'assigned' : 'accepted', responsibleUserId: stage.client.coordinator.user.id }, { status: isAsked ? 'offered' : 'accepted' });
  const id = assignment!.id;
  const step = { key: stepKey(id, action, 1), action, at: stage.api.now(), skip: null };
  const organisationId = order.organisationId;
  const take = () => systemEm(stage.api.orm, organisationId).transactional((em) => takeProcessStep(em, { kind: 'system', organisationId, process: `assignment:${id}` }, id, step, stage.api.now()));
  return { order, id, take };
}

async function deliveredTo(organisationId: string, workOrderId: string): Promise<Letter[]> {
  const rows = await query<{ id: string }>(`select id from outbound_mails where work_order_id = $1 and template = 'escalation'`, workOrderId);
  const letters: Letter[] = [];
  const postmark = { send: async (letter: Letter) => (letters.push(letter), { kind: 'sent', providerId: `p-${letter.mailId}` }), find: async () => null };
  const deps = { ...stage.api.deps, postmark } as unknown as ActivityDeps;
  for (const { id } of rows) await mailActivities(deps).sendMail({ ids: [id], organisationId, workOrderNumber: 'M' } as never, stage.api.now().toISOString());
  return letters;
}

const eventsOf = async (assignmentId: string) => (await query<{ name: string }>(`select name from events where assignment_id = $1 order by occurred_at, id`, assignmentId)).map((one) => one.name);

describe('a step that finds nobody to write to tells whoever answers for the order, and does not count as a reminder', () => {
  test.each(['remind', 'nudge', 'due_passed'] as const)('%s', async (action) => {
    const { order, id, take } = await takeStep(action, gone);
    expect(await take()).toBe('applied');
    expect(await take()).toBe('superseded');
    expect(await query('select outcome, skip_reason from assignment_steps where assignment_id = $1', id)).toEqual([{ outcome: 'skipped', skip_reason: 'nobody_reached' }]);
    expect(await eventsOf(id)).toEqual(['assignment.step_skipped']);
    const letters = await deliveredTo(order.organisationId, order.id);
    expect(letters.map((one) => one.to)).toEqual([expect.stringContaining(stage.client.coordinator.user.email)]);
    expect(letters[0]?.text).toContain('Verwaiste Technik hat niemanden mehr, dem wir zu diesem Auftrag schreiben können.');
    // Of accepted work there is no answer to record.
    expect(letters[0]?.text.includes('Antwort eintragen')).toBe(action === 'remind');
  });

  test('where somebody reads it, nobody else is told', async () => {
    const { id, take } = await takeStep('nudge', stage.lift);
    await take();
    expect(await query('select outcome, skip_reason from assignment_steps where assignment_id = $1', id)).toEqual([{ outcome: 'done', skip_reason: null }]);
    expect(await eventsOf(id)).toEqual(['assignment.nudged']);
    expect(await query(`select 1 from outbound_mails where assignment_id = $1 and template = 'escalation'`, id)).toEqual([]);
  });
});
