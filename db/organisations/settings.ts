import type { MemberActor } from '#domain/actors.ts';
import { checkBusinessHours, type BusinessHours } from '#domain/calendar/calendar.ts';
import { isHolidayRegion } from '#domain/calendar/holidays.ts';
import { isTimeZone } from '#domain/calendar/local-time.ts';
import { DomainError } from '#domain/errors.ts';
import { checkPolicy, type EscalationPolicy } from '#domain/escalation/policy.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import { given } from '../workspaces/commands.ts';
import { EscalationPolicyRow, type Organisation } from './entity.ts';
import { loadOrganisation } from './rules.ts';

type Changeable =
  | 'name' | 'phone' | 'onCallPhone' | 'locale' | 'timeZone' | 'country' | 'holidayRegion' | 'senderName' | 'legalFooter'
  | 'legalUrl' | 'privacyUrl' | 'ticketLetter' | 'maintenanceLetter' | 'workspaceWord' | 'currency';

export type SettingsChange = { readonly [K in Changeable]?: Organisation[K] | undefined } & {
  readonly businessHours?: BusinessHours | undefined;
};

/** Changes the organisation's settings; throws `invalid_input` naming the field that can't be. */
export async function changeSettings(em: Em, actor: MemberActor, input: SettingsChange, now: Date): Promise<Organisation> {
  const organisation = await loadOrganisation(em, actor.organisationId);
  assertSound(input);
  em.assign(organisation, { ...given(input), updatedAt: now } as never);
  if (organisation.ticketLetter === organisation.maintenanceLetter) throw new DomainError('invalid_input', { field: 'maintenanceLetter' });
  await recordEvent(em, actor, { name: 'settings.changed', organisationId: actor.organisationId, data: { fields: Object.keys(given(input)) } }, now);
  await em.flush();
  return organisation;
}

function assertSound(input: SettingsChange): void {
  if (input.timeZone && !isTimeZone(input.timeZone)) throw new DomainError('invalid_input', { field: 'timeZone' });
  if (input.holidayRegion && !isHolidayRegion(input.holidayRegion)) throw new DomainError('invalid_input', { field: 'holidayRegion' });
  const problems = input.businessHours ? checkBusinessHours(input.businessHours) : [];
  if (problems.length > 0) throw new DomainError('invalid_input', { field: 'businessHours', problems });
}

/** Stops or resumes all outgoing mail of the organisation; what is queued meanwhile waits and stays visible. */
export async function pauseMail(em: Em, actor: MemberActor, isPaused: boolean, now: Date): Promise<Organisation> {
  const organisation = await loadOrganisation(em, actor.organisationId);
  if (organisation.isMailPaused === isPaused) return organisation;
  organisation.isMailPaused = isPaused;
  // After the end it stays until the pause is written down as an outage (db/mails/sending-pause.ts).
  if (isPaused) organisation.mailPausedAt ??= now;
  organisation.updatedAt = now;
  await recordEvent(em, actor, { name: 'settings.changed', organisationId: actor.organisationId, data: { isMailPaused: isPaused } }, now);
  await em.flush();
  return organisation;
}

/** The organisation's own policy; null while the defaults hold. */
export async function findOwnPolicy(em: Em, actor: MemberActor): Promise<EscalationPolicyRow | null> {
  return em.findOne(EscalationPolicyRow, { organisationId: actor.organisationId });
}

/** Saves the policy for requests from now on; throws `invalid_input` with `problems` for one that can't work. */
export async function setPolicy(em: Em, actor: MemberActor, policy: EscalationPolicy, now: Date): Promise<EscalationPolicyRow> {
  const problems = checkPolicy(policy);
  if (problems.length > 0) throw new DomainError('invalid_input', { field: 'policy', problems });
  const { organisationId, userId } = actor;
  const row =
    (await findOwnPolicy(em, actor)) ?? em.create(EscalationPolicyRow, { id: newId(), organisationId, policy, updatedAt: now });
  Object.assign(row, { policy, updatedAt: now, updatedByUserId: userId });
  await recordEvent(em, actor, { name: 'settings.changed', organisationId, subjectId: row.id, data: { fields: ['escalationPolicy'] } }, now);
  await em.flush();
  return row;
}
