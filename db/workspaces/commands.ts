import type { MemberActor } from '#domain/actors.ts';
import { isHolidayRegion } from '#domain/calendar/holidays.ts';
import { isTimeZone } from '#domain/calendar/local-time.ts';
import { DomainError } from '#domain/errors.ts';
import { newId } from '../columns.ts';
import { recordEvent } from '../events/record.ts';
import type { Em } from '../orm.ts';
import { Membership } from '../users/entity.ts';
import { Workspace } from './entity.ts';
import { getWorkspace } from './queries.ts';

export type WorkspaceInput = {
  readonly name: string;
  readonly shortName: string;
  readonly street: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly timeZone: string | null;
  readonly holidayRegion: string | null;
  readonly billingRecipient: string | null;
  readonly invoiceEmail: string | null;
  readonly onCallPhone: string | null;
  readonly defaultResponsibleUserId: string | null;
};

/** Adds a workspace; throws `invalid_input` for a time zone or holiday region that is none, `not_found` for a stranger. */
export async function createWorkspace(em: Em, actor: MemberActor, input: WorkspaceInput, now: Date): Promise<Workspace> {
  await assertSound(em, actor, input);
  const workspace = em.create(Workspace, { id: newId(), organisationId: actor.organisationId, ...input, createdAt: now, updatedAt: now });
  await recordEvent(em, actor, { name: 'workspace.created', organisationId: actor.organisationId, subjectId: workspace.id }, now);
  await em.flush();
  return workspace;
}

/** Changes what is given, and archives or brings back. */
export async function changeWorkspace(
  em: Em,
  actor: MemberActor,
  id: string,
  input: { readonly [K in keyof WorkspaceInput]?: WorkspaceInput[K] | undefined } & { readonly isArchived?: boolean | undefined },
  now: Date,
): Promise<Workspace> {
  const workspace = await getWorkspace(em, actor, id);
  await assertSound(em, actor, input);
  const { isArchived, ...fields } = input;
  em.assign(workspace, { ...given(fields), updatedAt: now } as never);
  if (isArchived !== undefined) workspace.archivedAt = isArchived ? (workspace.archivedAt ?? now) : null;
  await recordEvent(em, actor, { name: 'workspace.changed', organisationId: actor.organisationId, subjectId: id }, now);
  await em.flush();
  return workspace;
}

/** The fields that were sent; `undefined` means left as it is. */
export function given<T extends object>(input: T): Partial<T> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<T>;
}

type Checked = Partial<Pick<Record<keyof WorkspaceInput, string | null | undefined>, 'timeZone' | 'holidayRegion' | 'defaultResponsibleUserId'>>;

async function assertSound(em: Em, actor: MemberActor, input: Checked): Promise<void> {
  if (input.timeZone && !isTimeZone(input.timeZone)) throw new DomainError('invalid_input', { field: 'timeZone' });
  if (input.holidayRegion && !isHolidayRegion(input.holidayRegion)) throw new DomainError('invalid_input', { field: 'holidayRegion' });
  if (!input.defaultResponsibleUserId) return;
  const membership = await em.findOne(Membership, {
    organisationId: actor.organisationId,
    userId: input.defaultResponsibleUserId,
    removedAt: null,
  });
  if (!membership) throw new DomainError('not_found', { userId: input.defaultResponsibleUserId });
}
