import { Client, Connection, WorkflowExecutionAlreadyStartedError, WorkflowIdReusePolicy } from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import { CORE_QUEUE, ID_REUSE, LOOK_AGAIN_SIGNAL, parseWorkflowId, WORKFLOW_NAMES } from '#domain/processes.ts';
import type { Settings } from '#domain/settings.ts';
import type { ProcessInput } from '#workflows/contract.ts';

type TemporalSettings = Pick<Settings, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE' | 'TEMPORAL_TLS' | 'TEMPORAL_API_KEY'>;

function connectionOptions(settings: TemporalSettings): { address: string; tls: boolean; apiKey?: string } {
  return {
    address: settings.TEMPORAL_ADDRESS,
    tls: settings.TEMPORAL_TLS,
    ...(settings.TEMPORAL_API_KEY ? { apiKey: settings.TEMPORAL_API_KEY } : {}),
  };
}

/** A client that connects when it is first used: the worker process starts while Temporal is away. */
export function openClient(settings: TemporalSettings): { readonly client: Client; readonly connection: Connection } {
  const connection = Connection.lazy(connectionOptions(settings));
  return { connection, client: new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE }) };
}

/** The connection of the workers; throws after some seconds when nobody answers. */
export async function connectWorker(settings: TemporalSettings): Promise<NativeConnection> {
  return NativeConnection.connect(connectionOptions(settings));
}

const KEYS = {
  organisationId: defineSearchAttributeKey('OrganisationId', 'KEYWORD'),
  workOrderNumber: defineSearchAttributeKey('WorkOrderNumber', 'KEYWORD'),
};

/** What is needed to wake a process, wherever the wish comes from. */
export type Wake = {
  readonly workflowId: string;
  readonly organisationId: string | null;
  readonly workOrderNumber: string | null;
  readonly eventId: string | null;
};

/**
 * Starts a process or, where it runs, makes it look again: one call, so that start and signal need no order and twice is
 * once. Returns `ended` where the process has come to its end and its kind runs only once; one that was ended by hand or
 * failed is started again. `mayRestart` (reconciler) overrules even an end.
 */
export async function wakeProcess(client: Client, wake: Wake, mayRestart = false): Promise<'woken' | 'ended'> {
  const parsed = parseWorkflowId(wake.workflowId);
  if (!parsed) throw new Error(`${wake.workflowId} is no workflow id of ours`);
  const input: ProcessInput = { ids: parsed.ids, organisationId: wake.organisationId, workOrderNumber: wake.workOrderNumber };
  const isOnce = ID_REUSE[parsed.kind] === 'reject' && !mayRestart;
  try {
    await client.workflow.signalWithStart(WORKFLOW_NAMES[parsed.kind], {
      workflowId: wake.workflowId,
      taskQueue: CORE_QUEUE,
      args: [input],
      signal: LOOK_AGAIN_SIGNAL,
      signalArgs: [{ eventId: wake.eventId }],
      workflowIdReusePolicy: isOnce ? WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY : WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      typedSearchAttributes: attributesOf(wake),
      staticSummary: [wake.workOrderNumber, parsed.kind.replaceAll('-', ' ')].filter(Boolean).join(' · '),
      ...(wake.organisationId ? { priority: { fairnessKey: wake.organisationId } } : {}),
    });
    return 'woken';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'ended';
    throw error;
  }
}

function attributesOf(wake: Wake): TypedSearchAttributes {
  return new TypedSearchAttributes([
    ...(wake.organisationId ? [{ key: KEYS.organisationId, value: wake.organisationId }] : []),
    ...(wake.workOrderNumber ? [{ key: KEYS.workOrderNumber, value: wake.workOrderNumber }] : []),
  ]);
}
