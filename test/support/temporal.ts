import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '#domain/processes.ts';

const { enums } = proto.temporal.api;

/** A Temporal namespace of one test file's own. */
export interface TestTemporal {
  readonly address: string;
  readonly namespace: string;
  readonly connection: NativeConnection;
  readonly client: Client;
  close(): Promise<void>;
}

/**
 * Makes a namespace with our search attributes on the run's server; close it in `afterAll`.
 * Throws when the test's folder is listed as needing no Temporal.
 */
export async function openTemporal(): Promise<TestTemporal> {
  const address = process.env['TEST_TEMPORAL_ADDRESS'];
  if (address === undefined) throw new Error('This test needs Temporal: say so in test/support/services.ts.');
  quietRuntime();
  const connection = await NativeConnection.connect({ address });
  const namespace = `test-${process.env['JEST_WORKER_ID'] ?? '0'}-${randomBytes(4).toString('hex')}`;
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') });
  await addSearchAttributes(connection, namespace);
  const client = new Client({ connection, namespace });
  return { address, namespace, connection, client, close: () => connection.close() };
}

/** Connects to the server of an installation that runs as a whole; all of its processes are in one namespace. */
export async function attachTemporal(address: string, namespace = 'default'): Promise<TestTemporal> {
  quietRuntime();
  const connection = await NativeConnection.connect({ address });
  return { address, namespace, connection, client: new Client({ connection, namespace }), close: () => connection.close() };
}

/** A new namespace and its attributes are known to all parts of the server a moment later. */
async function addSearchAttributes(connection: NativeConnection, namespace: string): Promise<void> {
  const types = Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => [name, indexedType(type)] as const);
  await patiently(() => connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(types) }));
  await patiently(async () => {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    if (types.some(([name]) => customAttributes?.[name] === undefined)) throw new Error('search attributes are not there yet');
  });
}

function indexedType(type: SearchAttributeType): number {
  return enums.v1.IndexedValueType[`INDEXED_VALUE_TYPE_${type}`];
}

async function patiently(call: () => Promise<unknown>): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      await call();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await delay(50);
    }
  }
}

let isQuiet = false;

/** The SDK's own log lines, warnings and worse; and no signal handlers inside Jest. It must come before any connection. */
function quietRuntime(): void {
  if (isQuiet) return;
  isQuiet = true;
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
}
