import { LockMode } from '@mikro-orm/postgresql';
import { endFileRequest, remindOfFiles } from '#db/file-requests/commands.ts';
import { FileRequest } from '#db/file-requests/entity.ts';
import type { Em } from '#db/orm.ts';
import { saveProcess } from '#db/processes/commands.ts';
import type { SystemActor } from '#domain/actors.ts';
import { workflowIdOf } from '#domain/processes.ts';
import type { Position, ProcessInput } from '#workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { inOrganisation } from './organisation-em.ts';
import { ended, gone, waiting } from './position.ts';

const REMIND_AFTER_MS = 3 * 86_400_000;

/** What the process of a file request does: remind once, end after its days. */
export function fileRequestActivities(deps: ActivityDeps) {
  return {
    advanceFileRequest: async (input: ProcessInput, now: string): Promise<Position> =>
      inOrganisation(deps, input.organisationId, async (em) => {
        const [id = ''] = input.ids;
        const at = new Date(now);
        const request = await em.findOne(FileRequest, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
        if (!request) return gone();
        const workflowId = workflowIdOf('file-request', id);
        const position = await advance(em, { kind: 'system', organisationId: request.organisationId, process: workflowId }, request, at);
        await em.flush();
        await saveProcess(em, {
          workflowId, organisationId: request.organisationId, kind: 'file-request', workOrderId: request.workOrderId,
          workOrderNumber: input.workOrderNumber, subjectId: id, step: position.status,
          nextDueAt: position.nextAt ? new Date(position.nextAt) : null, nextAction: position.nextStep, level: request.remindedAt ? 1 : 0,
          needsAttention: false, attentionReason: null, isEnded: position.isEnded,
        }, at);
        return position;
      }),
  };
}

async function advance(em: Em, actor: SystemActor, request: FileRequest, now: Date): Promise<Position> {
  if (request.status !== 'open') return ended(request.status, `the request is ${request.status}`);
  if (request.validUntil <= now) {
    await endFileRequest(em, actor, request, now);
    return ended('ended', 'nothing was uploaded in time');
  }
  const remindAt = new Date(request.createdAt.getTime() + REMIND_AFTER_MS);
  if (!request.remindedAt && remindAt <= now) await remindOfFiles(em, request, now);
  const next = request.remindedAt ? { at: request.validUntil, step: 'end the request' } : { at: remindAt, step: 'remind' };
  return waiting('upload', 'waits for the upload', next, { level: request.remindedAt ? 1 : 0 });
}
