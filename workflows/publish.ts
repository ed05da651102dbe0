import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { Position } from './contract.ts';

const KEYS = {
  status: defineSearchAttributeKey('ProcessStatus', 'KEYWORD'),
  nextDueAt: defineSearchAttributeKey('NextDueAt', 'DATETIME'),
  level: defineSearchAttributeKey('EscalationLevel', 'INT'),
  needsAttention: defineSearchAttributeKey('NeedsAttention', 'BOOL'),
};

/** Shows operators where a process stands; search attributes are written only where they changed. */
export function publisher(): (position: Position) => void {
  let shown: Position | null = null;
  return (position) => {
    const changes = changesSince(shown, position);
    if (changes.length > 0) upsertSearchAttributes(changes);
    setCurrentDetails(`**${position.summary}**\n\n${position.details}`);
    shown = position;
  };
}

function changesSince(before: Position | null, now: Position): SearchAttributeUpdatePair[] {
  const changes: SearchAttributeUpdatePair[] = [];
  if (before?.status !== now.status) changes.push({ key: KEYS.status, value: now.status });
  if ((before?.nextAt ?? null) !== now.nextAt) changes.push({ key: KEYS.nextDueAt, value: now.nextAt ? new Date(now.nextAt) : null });
  if ((before?.level ?? 0) !== now.level) changes.push({ key: KEYS.level, value: now.level });
  if ((before?.needsAttention ?? false) !== now.needsAttention) changes.push({ key: KEYS.needsAttention, value: now.needsAttention });
  return changes;
}
